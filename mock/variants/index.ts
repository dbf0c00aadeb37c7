/** The catalogue of variants: ways in which the mock is unusual and still keeps every statement that decides a verdict. */

import type { Variant } from '../variant.js';
import { bodyVariants } from './bodies.js';
import { deliveryVariants } from './delivery.js';
import { environmentVariants } from './environment.js';
import { hostedPageVariants } from './hosted-page.js';
import { mediaVariants } from './media.js';
import { neighbourVariants } from './neighbours.js';
import { tokenVariants } from './tokens.js';

export const variants: readonly Variant[] = [
  ...bodyVariants,
  ...mediaVariants,
  ...deliveryVariants,
  ...tokenVariants,
  ...environmentVariants,
  ...neighbourVariants,
  ...hostedPageVariants,
];
