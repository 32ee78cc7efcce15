// Reads a podcast by three libraries, and prints what each of them understood: node read.mjs FEED.xml
import { readFileSync } from "node:fs";
import { parseFeed } from "feedsmith";
import partytime from "podcast-partytime";
import RssParser from "rss-parser";

const xml = readFileSync(process.argv[2], "utf8");
const read = {
  feedsmith: parseFeed(xml).feed,
  partytime: partytime.parseFeed(xml),
  rssParser: await new RssParser().parseString(xml),
};
console.log(JSON.stringify(read));
