package io.interlock.api.loadbalancer;

/** Thrown if a load balancer cannot work here as configured. The message is for the operator and says what to do. */
public final class LoadBalancerUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    public LoadBalancerUnavailableException(String message) {
        super(message);
    }

    public LoadBalancerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
