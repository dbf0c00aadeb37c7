import { defineConfig } from 'vitest/config';
import common, { hostile } from '../../vitest.config.js';

/** Hostile targets and bad input, which are run by a command of their own. */
export default defineConfig({ test: { ...common.test, include: hostile, exclude: [] } });
