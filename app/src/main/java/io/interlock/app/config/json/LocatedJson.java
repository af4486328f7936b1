package io.interlock.app.config.json;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * JSON object with the places of its values in the text.
 *
 * @param root the document
 * @param locations places by JSON path
 */
public record LocatedJson(ObjectNode root, ConfigLocationIndex locations) {}
