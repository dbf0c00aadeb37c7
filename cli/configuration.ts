/** The configuration file: read, checked against its JSON Schema, and refused with the place where it is wrong. */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Ajv, type ErrorObject } from 'ajv';
import type { Depth } from '../fixtures/depth.js';
import type { PageSettings, SessionTemplate } from '../fixtures/target.js';
import { pointerTo } from '../spec/json-pointer.js';
import { nearest } from '../spec/nearest.js';
import { packageRoot } from '../spec/package-root.js';
import { violationsOf } from '../spec/violation.js';
import { type PlacedError, readYaml, type YamlFile } from '../spec/yaml-file.js';

export const CONFIGURATION_FILE = 'conformance.config.yaml';

/** Names of environment variables. */
interface CredentialVariables {
  readonly username?: string;
  readonly password?: string;
  readonly otherUsername?: string;
  readonly otherPassword?: string;
  readonly accessToken?: string;
  readonly clientId?: string;
}

export interface NamedTarget {
  readonly url: string;
  readonly ca?: string;
  readonly insecure?: boolean;
  readonly clientCertificate?: {
    readonly certificate: string;
    readonly key: string;
    readonly passphrase?: string;
  };
  /** Header names, each with the environment variable that holds its value. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly credentials?: CredentialVariables;
  readonly session?: SessionTemplate;
  readonly sessions?: string;
  /** False where it is not to be opened. */
  readonly page?: PageSettings | boolean;
}

/** As `spec/conformance.config.schema.json` has it; paths are absolute. */
export interface ConfigurationValues {
  readonly target?: string;
  readonly depth?: Depth;
  readonly strict?: boolean;
  readonly timeout?: number;
  readonly concurrency?: number;
  readonly rate?: number;
  readonly reportDir?: string;
  readonly contract?: string;
  readonly waivers?: string;
  readonly targets?: Readonly<Record<string, NamedTarget>>;
}

export interface Configuration {
  /** As the user named it; null where there is none. */
  readonly file: string | null;
  readonly values: ConfigurationValues;
}

const schema: unknown = JSON.parse(
  readFileSync(join(packageRoot, 'spec', 'conformance.config.schema.json'), 'utf8'),
);

/**
 * @param file the value of `--config`; where left out, the file of the usual name in the working directory, if any
 * @throws PlacedError where it cannot be read, or is wrong
 */
export function readConfiguration(file: string | undefined): Configuration {
  if (file === undefined && !existsSync(CONFIGURATION_FILE)) return { file: null, values: {} };
  const yaml = readYaml(file ?? CONFIGURATION_FILE);
  if (yaml.value === null) return { file: yaml.file, values: {} };
  return { file: yaml.file, values: withPaths(checked(yaml), dirname(resolve(yaml.file))) };
}

function checked(yaml: YamlFile): ConfigurationValues {
  if (typeof schema !== 'object' || schema === null) throw new Error('The schema is no object.');
  const validate = new Ajv({ verbose: true, allowUnionTypes: true }).compile<ConfigurationValues>(schema);
  const { value } = yaml;
  if (validate(value)) return value;
  const [error] = validate.errors ?? [];
  const unknown = validate.errors?.find(({ keyword }) => keyword === 'additionalProperties') ?? error;
  throw unknown === undefined ? new Error('There is no error.') : errorAt(yaml, unknown);
}

function errorAt(yaml: YamlFile, error: ErrorObject): PlacedError {
  const { instancePath, keyword, params, parentSchema, message } = error;
  if (keyword === 'additionalProperties') {
    const key = String(params['additionalProperty']);
    return yaml.error(pointerTo(instancePath, key), `unknown key "${key}"`, hintFor(key, parentSchema));
  }
  if (keyword === 'pattern' || keyword === 'propertyNames')
    return yaml.error(instancePath, `${message ?? 'wrong'}`, 'conformance.config.schema.json describes it.');
  const [violation] = violationsOf([error], yaml.value);
  const what = violation?.message ?? message ?? 'is wrong';
  return yaml.error(violation?.pointer ?? instancePath, what, 'conformance.config.schema.json describes it.');
}

/** Words that a secret is called by. */
const SECRET = /pass|secret|token|user|key|auth/i;

function hintFor(key: string, parentSchema: unknown): string {
  if (SECRET.test(key))
    return 'Secrets belong into the environment or into .env, and here the name of the variable.';
  const properties =
    typeof parentSchema === 'object' && parentSchema !== null && 'properties' in parentSchema
      ? Object.keys(Object(parentSchema.properties))
      : [];
  return `Did you mean ${nearest(key, properties)}?`;
}

/** Paths in the file are meant from where the file lies. */
function withPaths(values: ConfigurationValues, folder: string): ConfigurationValues {
  const path = (file: string) => resolve(folder, file);
  const { contract, waivers, targets } = values;
  return {
    ...values,
    ...(contract !== undefined && { contract: path(contract) }),
    ...(waivers !== undefined && { waivers: path(waivers) }),
    ...(targets !== undefined && {
      targets: Object.fromEntries(
        Object.entries(targets).map(([name, target]) => [name, targetWithPaths(target, path)]),
      ),
    }),
  };
}

function targetWithPaths(target: NamedTarget, path: (file: string) => string): NamedTarget {
  const { ca, clientCertificate: own, sessions } = target;
  return {
    ...target,
    ...(ca !== undefined && { ca: path(ca) }),
    ...(sessions !== undefined && { sessions: path(sessions) }),
    ...(own !== undefined && {
      clientCertificate: { ...own, certificate: path(own.certificate), key: path(own.key) },
    }),
  };
}
