import { defineConfig } from 'vitest/config';
import common, { slow } from './vitest.config.js';

/** Tests that take long, which are run by a command of their own. */
export default defineConfig({ test: { ...common.test, include: slow, exclude: [] } });
