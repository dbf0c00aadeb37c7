/** What the hosted page is made of. */

/** The document, or what its script asks for. */
export type PagePart = 'document' | 'state' | 'step';

/** What the page is made of, so that a fault exchanges one piece of it. */
export interface PageDesign {
  /** HTML of the error state */
  readonly over: string;
  /** statements of the page's script, when it is opened or come back to */
  readonly opened: string;
  /** when the person goes on */
  readonly pressed: string;
  /** when it learns that the session is over */
  readonly ended: string;
  /** HTML behind the main part */
  readonly footer: string;
  readonly style: string;
}
