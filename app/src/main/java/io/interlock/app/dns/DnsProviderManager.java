package io.interlock.app.dns;

import io.interlock.api.dns.ChallengeRecord;
import io.interlock.app.plugin.DnsProviderPlugin;
import io.interlock.app.plugin.PluginConsumer;
import io.interlock.app.plugin.PluginDataFolders;
import io.interlock.app.plugin.guard.PluginCallException;
import io.interlock.app.plugin.guard.PluginTimeLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Manages the DNS providers of plugins. Only those that the configuration uses are opened; the others are ready to be.
 * Safe for all threads.
 */
public final class DnsProviderManager implements DnsRecordEditor {

    private final Supplier<Set<String>> used;
    private final PluginDataFolders folders;
    private final PluginTimeLimits limits;
    private final Map<String, DnsProviderSlot> byPlugin = new TreeMap<>();

    /**
     * @param used the types of providers that the configuration uses
     */
    public DnsProviderManager(Supplier<Set<String>> used, PluginDataFolders folders, PluginTimeLimits limits) {
        this.used = used;
        this.folders = folders;
        this.limits = limits;
    }

    /** Starts to use a provider, after the earlier one of the same plugin has ended. Returns at once. */
    public synchronized void use(DnsProviderPlugin plugin, PluginConsumer.StateListener events) {
        Optional<DnsProviderSlot> former = Optional.ofNullable(byPlugin.get(plugin.pluginId()));
        DnsProviderSlot slot = new DnsProviderSlot(plugin, folders, limits, events);
        byPlugin.put(plugin.pluginId(), slot);
        slot.start(former, used.get().contains(plugin.type()));
    }

    /** Ends the provider of a plugin, if it has one. Returns at once. */
    public synchronized void end(String pluginId) {
        Optional.ofNullable(byPlugin.remove(pluginId)).ifPresent(DnsProviderSlot::end);
    }

    @Override
    public void present(String type, ChallengeRecord record) throws DnsChallengeException, InterruptedException {
        call(type, provider -> provider.present(record));
    }

    @Override
    public void cleanUp(String type, ChallengeRecord record) throws DnsChallengeException, InterruptedException {
        call(type, provider -> provider.cleanUp(record));
    }

    private void call(String type, DnsProviderSlot.Call call) throws DnsChallengeException, InterruptedException {
        DnsProviderSlot slot = slot(type)
                .orElseThrow(() -> new DnsChallengeException(
                        "no plugin is the DNS provider \"" + type + "\"",
                        "put the plugin of this provider into plugins_dir, or correct \"provider\" in \"dns\" of the"
                                + " configuration; interlock plugins lists the plugins"));
        try {
            slot.call(call);
        } catch (PluginCallException e) {
            throw new DnsChallengeException(
                    "plugin " + slot.pluginId() + " " + e.getMessage(),
                    "correct $.plugins." + slot.pluginId() + " in the configuration, or what the DNS provider says");
        }
    }

    private synchronized Optional<DnsProviderSlot> slot(String type) {
        return byPlugin.values().stream()
                .filter(slot -> slot.type().equals(type))
                .findFirst();
    }

    /** Ends all providers, and waits for them for a limited time. */
    public void close() throws InterruptedException {
        List<DnsProviderSlot> all;
        synchronized (this) {
            all = new ArrayList<>(byPlugin.values());
            byPlugin.clear();
        }
        all.forEach(DnsProviderSlot::end);
        for (DnsProviderSlot slot : all) {
            slot.awaitEnd(limits.close());
        }
    }
}
