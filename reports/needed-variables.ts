/** Which variables a shell must have for a script: those of credentials, and those of a gateway's headers. */
export function neededVariables(script: string): string[] {
  const read = [...script.matchAll(/\$([A-Z][A-Z0-9_]*)/g)].map(([, name = '']) => name);
  const set = new Set([...script.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name));
  return [...new Set(read)].filter((name) => !set.has(name));
}
