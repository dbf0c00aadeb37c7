import { defineConfig } from 'vitest/config';
import common, { slow } from '../../vitest.config.js';

/** Hostile targets and bad input, which are run by a command of their own. */
export default defineConfig({ test: { ...common.test, include: slow, exclude: [] } });
