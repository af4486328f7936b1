package io.interlock.app.dns;

import io.interlock.api.dns.DnsProvider;
import io.interlock.api.plugin.PluginContext;
import io.interlock.app.plugin.DnsProviderPlugin;
import io.interlock.app.plugin.PluginConsumer;
import io.interlock.app.plugin.PluginDataFolders;
import io.interlock.app.plugin.guard.PluginCallException;
import io.interlock.app.plugin.guard.PluginTimeLimits;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The DNS provider of one version of a plugin, which gets one call at a time. Safe for all threads. */
final class DnsProviderSlot {

    private final DnsProviderPlugin plugin;
    private final PluginDataFolders folders;
    private final PluginTimeLimits limits;
    private final PluginConsumer.StateListener events;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    // The fields below are guarded by the lock.
    private @Nullable DnsProvider provider;
    private boolean isEnding;

    private volatile Optional<String> failure = Optional.empty();

    DnsProviderSlot(
            DnsProviderPlugin plugin,
            PluginDataFolders folders,
            PluginTimeLimits limits,
            PluginConsumer.StateListener events) {
        this.plugin = plugin;
        this.folders = folders;
        this.limits = limits;
        this.events = events;
    }

    /** Use of a provider. */
    interface Call {
        void with(DnsProvider provider) throws Exception;
    }

    String pluginId() {
        return plugin.pluginId();
    }

    String type() {
        return plugin.type();
    }

    /**
     * Makes the provider ready on another thread.
     *
     * @param former the provider that must end before
     * @param isUsed whether to open it, so that its mistakes are known early
     */
    void start(Optional<DnsProviderSlot> former, boolean isUsed) {
        former.ifPresent(DnsProviderSlot::end);
        Thread.ofVirtual().name("dns-provider-" + plugin.pluginId()).start(() -> {
            try {
                if (former.isPresent()) {
                    former.get().awaitEnd(limits.close());
                }
                if (isUsed) {
                    lock.lock();
                    try {
                        open();
                    } finally {
                        lock.unlock();
                    }
                }
                events.running(plugin);
            } catch (PluginCallException e) {
                failure = Optional.of(String.valueOf(e.getMessage()));
                events.unusable(plugin, "cannot be used: " + e.getMessage());
                end();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                started.countDown();
            }
        });
    }

    /** Calls the provider, which is opened first if necessary. */
    void call(Call call) throws PluginCallException, InterruptedException {
        started.await();
        lock.lockInterruptibly();
        try {
            call.with(open());
        } catch (PluginCallException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a guarded provider throws no other exceptions", e);
        } finally {
            lock.unlock();
        }
    }

    private DnsProvider open() throws PluginCallException, InterruptedException {
        if (isEnding) {
            throw new PluginCallException(failure.orElse("is being ended"));
        }
        if (provider == null) {
            try {
                provider = plugin.open(
                        new Context(plugin.pluginId(), folders.ofPlugin(plugin.pluginId()), Clock.systemUTC()));
            } catch (IOException e) {
                throw new PluginCallException("its data folder cannot be created: " + ErrorMessages.reason(e));
            }
        }
        return provider;
    }

    /** Ends the provider on another thread, after the call that runs. Returns at once. */
    void end() {
        Thread.ofVirtual().name("dns-provider-" + plugin.pluginId()).start(() -> {
            lock.lock();
            try {
                if (!isEnding) {
                    isEnding = true;
                    if (provider != null) {
                        provider.close();
                        provider = null;
                    }
                    release();
                }
            } finally {
                lock.unlock();
                ended.countDown();
            }
        });
    }

    private void release() {
        try {
            events.released(plugin, plugin.release(limits.grace()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until it has ended, for a limited time. */
    void awaitEnd(Duration limit) throws InterruptedException {
        boolean unused = ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private record Context(String pluginId, Path dataDirectory, Clock clock) implements PluginContext {}
}
