package io.interlock.app.plugin;

import java.util.Optional;

/** Those that have the plugins' load balancers serve. All methods return at once, and may be called from any thread. */
public interface LoadBalancers {

    /**
     * Opens a load balancer. If one of the same plugin is in use, then the new one takes over from it once it has shown
     * that it can be opened; if it then does not serve what its predecessor served, that one comes back.
     */
    void use(PluggedLoadBalancer loadBalancer);

    /** Ends the load balancer of a plugin, if it has one. */
    void end(String pluginId);

    /** Is told what becomes of load balancers, on any thread; must be quick. */
    interface Events {

        /** It is being opened. */
        void opening(PluggedLoadBalancer loadBalancer);

        /** It is in use: it has been opened, or, where it replaces another, has shown that it serves. */
        void running(PluggedLoadBalancer loadBalancer);

        /** It cannot be used, or not any longer; the reason is for people. */
        void unusable(PluggedLoadBalancer loadBalancer, String reason);

        /**
         * It has been released, used or not: the last that is heard of it.
         *
         * @param leftover what is left of it, for people
         */
        void released(PluggedLoadBalancer loadBalancer, Optional<String> leftover);
    }
}
