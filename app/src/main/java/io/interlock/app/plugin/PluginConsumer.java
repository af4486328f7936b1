package io.interlock.app.plugin;

import java.util.Optional;

/** Opens and ends what plugins provide. All methods return at once, and any thread may call them. */
public interface PluginConsumer {

    /**
     * Opens a plugin. If another version of the same plugin is in use, the new one takes over once it has been opened
     * successfully. A load balancer that then does not serve what its predecessor served gives way to it again.
     */
    void use(ConfiguredPlugin plugged);

    /** Ends the current use of a plugin, if there is one. */
    void end(String pluginId);

    /** Listener for the state of a plugin, called on any thread; must be quick. */
    interface StateListener {

        /** The plugin is being opened. */
        void opening(ConfiguredPlugin plugged);

        /** The plugin is in use: it has been opened, or, if it replaces another, has shown that it serves. */
        void running(ConfiguredPlugin plugged);

        /** The plugin cannot be used, or can no longer be used; the reason is for people. */
        void unusable(ConfiguredPlugin plugged, String reason);

        /**
         * The plugin has been released, whether it was used or not. This is the last call for it.
         *
         * @param leftover what it left behind, for people
         */
        void released(ConfiguredPlugin plugged, Optional<String> leftover);
    }
}
