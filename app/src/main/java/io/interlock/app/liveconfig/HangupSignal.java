package io.interlock.app.liveconfig;

import io.interlock.util.ErrorMessages;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handler of SIGHUP, with which operators ask daemons to read their configuration again. */
public final class HangupSignal {

    private static final Logger log = LoggerFactory.getLogger("configuration");

    private HangupSignal() {}

    /**
     * Calls an action at each SIGHUP from now on. The API is not part of Java SE, so that a Java without it is a
     * warning.
     *
     * @param action must be quick
     */
    public static void handle(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object hangup = signal.getConstructor(String.class).newInstance("HUP");
            Object proxy = Proxy.newProxyInstance(
                    HangupSignal.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler).invoke(null, hangup, proxy);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            log.warn("SIGHUP does not read the configuration again: {}", ErrorMessages.reason(e));
        }
    }
}
