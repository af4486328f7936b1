package io.interlock.app.plugin;

import java.util.Optional;

/** Those that put what plugins offer to use. All methods return at once, and may be called from any thread. */
public interface PluginConsumer {

    /**
     * Opens what a plugin offers. If something of the same plugin is in use, then the new one takes over from it once it has
     * shown that it can be opened; a load balancer that then does not serve what its predecessor served gives way to it again.
     */
    void use(ConfiguredPlugin plugged);

    /** Ends what is in use of a plugin, if anything is. */
    void end(String pluginId);

    /** Is told what becomes of it, on any thread; must be quick. */
    interface StateListener {

        /** It is being opened. */
        void opening(ConfiguredPlugin plugged);

        /** It is in use: it has been opened, or, where it replaces another, has shown that it serves. */
        void running(ConfiguredPlugin plugged);

        /** It cannot be used, or not any longer; the reason is for people. */
        void unusable(ConfiguredPlugin plugged, String reason);

        /**
         * It has been released, used or not: the last that is heard of it.
         *
         * @param leftover what is left of it, for people
         */
        void released(ConfiguredPlugin plugged, Optional<String> leftover);
    }
}
