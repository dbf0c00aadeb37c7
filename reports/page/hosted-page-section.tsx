/** What the hosted page showed for sessions of every kind, side by side. */

import type { PageView } from '../../fixtures/hosted-page/page-view.js';
import type { Verdict } from '../verdict.js';
import { Scrollable } from './scrollable.js';
import { shortened } from './shown-text.js';

const LONGEST_TITLE = 100;
const LONGEST_TEXT = 2000;
/** A verdict may come from anywhere: nothing else is taken for a picture. */
const PICTURE = /^data:image\/jpeg;base64,[A-Za-z0-9+/]+=*$/;

export function HostedPageSection({ verdict: { pages = [] } }: { readonly verdict: Verdict }) {
  if (pages.length === 0) return null;
  return (
    <section id="hosted-page" aria-labelledby="hosted-page-title">
      <h2 id="hosted-page-title">What the hosted page showed</h2>
      <p class="quiet">By the state of the session.</p>
      <div class="views">
        {pages.map((view) => (
          <View view={view} />
        ))}
      </div>
    </section>
  );
}

function View({ view: { title, text, picture } }: { readonly view: PageView }) {
  const name = shortened(title, LONGEST_TITLE);
  return (
    <figure>
      <figcaption>{name}</figcaption>
      {picture !== null && PICTURE.test(picture) ? (
        <img src={picture} alt={`The page, ${name}; its text is below`} width="800" height="600" />
      ) : (
        <p class="quiet">No picture: the page could not be taken, or may have shown a secret.</p>
      )}
      <details>
        <summary>Text</summary>
        <Scrollable label={`Text of the page, ${name}`}>
          {text.trim() === '' ? <i>no text</i> : shortened(text, LONGEST_TEXT)}
        </Scrollable>
      </details>
    </figure>
  );
}
