package io.interlock.app.plugin;

/**
 * Why a plugin is not in use.
 *
 * @param plugin its id, or its file where the id is not known
 * @param reason what is wrong and what to do, for people
 */
public record PluginProblem(String plugin, String reason) {
    @Override
    public String toString() {
        return "plugin " + plugin + ": " + reason;
    }
}
