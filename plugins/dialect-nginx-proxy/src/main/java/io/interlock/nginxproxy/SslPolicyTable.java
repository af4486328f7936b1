package io.interlock.nginxproxy;

import java.util.Optional;
import java.util.Set;

/** The policies that {@code SSL_POLICY} can name, by the oldest version of TLS that they allow. */
final class SslPolicyTable {

    private static final Set<String> ONLY_1_3 = Set.of("Mozilla-Modern", "AWS-TLS13-1-3-2021-06");
    private static final Set<String> FROM_1_2 = Set.of(
            "Mozilla-Intermediate",
            "AWS-TLS13-1-2-2021-06",
            "AWS-TLS13-1-2-Res-2021-06",
            "AWS-TLS13-1-2-Ext1-2021-06",
            "AWS-TLS13-1-2-Ext2-2021-06",
            "AWS-FS-1-2-Res-2020-10",
            "AWS-FS-1-2-Res-2019-08",
            "AWS-FS-1-2-2019-08",
            "AWS-TLS-1-2-Ext-2018-06",
            "AWS-TLS-1-2-2017-01");
    private static final Set<String> OLDER = Set.of(
            "Mozilla-Old",
            "AWS-TLS13-1-1-2021-06",
            "AWS-TLS13-1-0-2021-06",
            "AWS-FS-1-1-2019-08",
            "AWS-FS-2018-06",
            "AWS-TLS-1-1-2017-01",
            "AWS-2016-08",
            "AWS-2015-05",
            "AWS-2015-03",
            "AWS-2015-02");

    private SslPolicyTable() {}

    /** Returns the oldest version that Interlock serves for a policy; empty if nobody knows the policy. */
    static Optional<String> oldestVersion(String policy) {
        if (ONLY_1_3.contains(policy)) {
            return Optional.of("1.3");
        }
        return FROM_1_2.contains(policy) || OLDER.contains(policy) ? Optional.of("1.2") : Optional.empty();
    }

    static boolean isOlder(String policy) {
        return OLDER.contains(policy);
    }
}
