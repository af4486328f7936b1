package io.interlock.app.config;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A JSON object and where its values are in the text.
 *
 * @param root the document
 * @param locations by JSON path
 */
record LocatedJson(ObjectNode root, Locations locations) {}
