package io.interlock.app.runtime;

import io.interlock.util.ErrorMessages;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handler of a signal with which operators ask daemons for something. */
public final class SignalHandler {

    private static final Logger log = LoggerFactory.getLogger("interlock");

    private SignalHandler() {}

    /**
     * Calls an action at each signal from now on. The API is not part of Java SE, so that a Java without it is a
     * warning.
     *
     * @param name without {@code SIG}: {@code HUP}
     * @param action must be quick
     */
    public static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object handled = signal.getConstructor(String.class).newInstance(name);
            Object proxy = Proxy.newProxyInstance(
                    SignalHandler.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler).invoke(null, handled, proxy);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            log.warn("SIG{} has no effect: {}", name, ErrorMessages.reason(e));
        }
    }
}
