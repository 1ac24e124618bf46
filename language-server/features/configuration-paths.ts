/** Whether a file's path says that it is a configuration, or a part of one: as the extension claims the language. */
export function isConfigurationPath(path: string): boolean {
  return PATTERNS.some((pattern) => pattern.test(path));
}

const PATTERNS: readonly RegExp[] = [
  /(?:^|\/)supervisord?\.conf$/,
  /(?:^|\/)supervisord[-_.][^/]*\.conf$/,
  /[-_.]supervisord\.conf$/,
  /(?:^|\/)supervisord?\/[^/]+\.conf$/,
  /(?:^|\/)supervisord?\/conf\.d\/[^/]+\.(?:conf|ini)$/,
  /(?:^|\/)supervisord?\.d\/[^/]+\.(?:conf|ini)$/,
];
