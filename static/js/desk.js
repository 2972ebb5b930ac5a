// The desk works without this file. With it: keys, deeds without a reload, copying.

import { offerCopying } from "./desk/copying.js";
import { listenToForms } from "./desk/deeds.js";
import { listenToKeys } from "./desk/keys.js";
import { countViews, listenForNews } from "./desk/news.js";
import { listenForCompany } from "./desk/on_it.js";
import { prepareRows } from "./desk/rows.js";

offerCopying(document);
prepareRows();
listenToForms();
listenToKeys();
listenForNews();
countViews();
listenForCompany();
