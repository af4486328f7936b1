package io.interlock.app.config.json;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A JSON object and where its values are in the text.
 *
 * @param root the document
 * @param locations by JSON path
 */
public record LocatedJson(ObjectNode root, ConfigLocationIndex locations) {}
