package com.example.hostlabel;

/** The section {@code plugins.dialect-host-label} of the configuration, which has no keys. */
public record HostLabelConfig() {}
