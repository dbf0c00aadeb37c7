# Node.js and what the command needs to run, nothing of what builds and tests it.
FROM node:22-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build && npm pack --ignore-scripts && mv cancel-conformance-*.tgz package.tgz

FROM node:22-slim
COPY --from=build /build/package.tgz /tmp/package.tgz
RUN npm install --global --omit=dev --ignore-scripts --no-audit --no-fund /tmp/package.tgz \
  && rm -rf /tmp/package.tgz /root/.npm
# Where reports are written and conformance.config.yaml is looked for: mount a folder there.
WORKDIR /work
RUN chown node:node /work
USER node
ENTRYPOINT ["cancel-conformance"]
