// The desk works without this file. With it: keys, deeds without a reload, copying.

import { watchConnection } from "./desk/connection.js";
import { offerCopying } from "./desk/copying.js";
import { listenForPlaces } from "./desk/elsewhere.js";
import { listenToForms } from "./desk/deeds.js";
import { keepDrafts } from "./desk/drafts.js";
import { listenToKeys } from "./desk/keys.js";
import { listenToMany } from "./desk/many.js";
import { countViews, listenForNews } from "./desk/news.js";
import { listenForCompany } from "./desk/on_it.js";
import { prepareRows } from "./desk/rows.js";
import { listenToTakingBack } from "./desk/taking_back.js";
import { offerZones } from "./desk/zones.js";

offerCopying(document);
prepareRows();
document.documentElement.classList.add("scripted");
keepDrafts();
listenToForms();
listenToMany();
listenToTakingBack();
watchConnection();
listenToKeys();
listenForNews();
countViews();
listenForCompany();
listenForPlaces();
offerZones();
