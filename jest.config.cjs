const shared = {
  transform: { '^.+\\.(t|j|mj)s$': ['@swc/jest', { jsc: { target: 'es2023' } }] },
  transformIgnorePatterns: ['/node_modules/(?!(pdfjs-dist|typebox|@seriousme/openapi-schema-validator)/)'],
  testEnvironment: 'node',
};

/** `unit` is quick and needs nothing but Node; `system` needs a browser, real processes or a database. */
module.exports = {
  // Ends what hangs. The longest takes a minute, and four on a machine that others work on too.
  testTimeout: 240_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['\\.system\\.test\\.ts$'],
    },
    { ...shared, displayName: 'system', testMatch: ['<rootDir>/test/**/*.system.test.ts'] },
  ],
};
