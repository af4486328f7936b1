package ${package};

/** The section {@code plugins.dialect-${artifactId}} of the configuration, which has no keys. */
public record HostLabelConfig() {}
