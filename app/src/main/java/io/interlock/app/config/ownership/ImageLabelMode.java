package io.interlock.app.config.ownership;

/** Which of the labels count that an image brings, and not whoever started the container. */
public enum ImageLabelMode {
    ALL,
    /** Those that concern the inside of the container, and those that protect it. */
    SAFE,
    NONE
}
