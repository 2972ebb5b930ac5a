/** Walks the pages of a desk by their links: one page of each kind. */

const MOST_PAGES = 60;

/** One address for all pages of a kind, so that a thousand cases are looked at once. */
function kindOf(address) {
  const { pathname, searchParams } = new URL(address);
  const path = pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ":id").replace(/\/\d+(?=\/|$)/g, "/:n").replace(/[\w.-]+\.eml/g, ":letter");
  return path + ["status", "cursor", "page"].filter((name) => searchParams.has(name)).map((name) => `?${name}=` + (name === "status" ? searchParams.get(name) : "")).join("");
}

async function linksOf(page, url) {
  const all = await page.evaluate(() => [...document.querySelectorAll("a[href]")].map((link) => link.href));
  return all.map((link) => link.split("#")[0]).filter((link) => link.startsWith(url) && !new URL(link).pathname.startsWith("/demo") && !link.includes("/static/") && !link.endsWith(".csv"));
}

/** Go to each kind of page that the links of the `starts` lead to; gives {kind, status, isPage} while the page is shown. */
export async function* walk(page, url, starts) {
  const waiting = starts.map((path) => new URL(path, url).href);
  const seen = new Set(waiting.map(kindOf));
  for (let count = 0; waiting.length && count < MOST_PAGES; count++) {
    const address = waiting.shift();
    const answer = await page.goto(address);
    const headers = answer.headers();
    // A letter is shown in a sandbox in which nothing runs, so axe can't either.
    const isPage = headers["content-type"]?.startsWith("text/html") && !/\bsandbox\b/.test(headers["content-security-policy"]);
    yield { kind: kindOf(address), status: answer.status(), isPage };
    if (!isPage) continue;
    for (const link of await linksOf(page, url)) {
      if (!seen.has(kindOf(link))) {
        seen.add(kindOf(link));
        waiting.push(link);
      }
    }
  }
}
