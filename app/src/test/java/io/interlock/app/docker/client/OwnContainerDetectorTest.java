package io.interlock.app.docker.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.util.IpLiteral;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class OwnContainerDetectorTest {

    private static final String ID = "4b4e5ee2d3be142144e196b51bff2ddcad431ae55d3fee617bb6871a19a56a7d";
    private static final String LAYER = "ff".repeat(32);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path root;

    private OwnContainerDetector own = new OwnContainerDetector(Path.of("/nowhere"));

    @BeforeEach
    void look() {
        own = new OwnContainerDetector(root);
    }

    @Test
    void aHostIsNoContainerWhateverItMounts() throws IOException {
        write(
                "proc/self/mountinfo",
                "40 30 0:35 / /var/lib/docker/overlay2/" + LAYER + "/merged rw - overlay overlay rw\n");
        write("proc/self/cgroup", "0::/system.slice/docker-" + LAYER + ".scope\n");
        write("etc/hostname", "0123456789ab\n");

        assertThat(own.isInContainer()).isFalse();
        assertThat(own.candidates()).isEmpty();
    }

    @Test
    void aMachineWithADeviceOfItsOwnIsInNoNetworkOfAContainerWhateverItIsMarkedAs() throws IOException {
        write(".dockerenv", "");
        assertThat(own.isInNetworkOfContainer()).isTrue();

        write("sys/class/net/eth0/address", "02:00:00:00:00:01");
        assertThat(own.isInNetworkOfContainer()).isTrue();
        write("sys/class/net/eth1/device/vendor", "0x1af4");

        assertThat(own.isInContainer()).isTrue();
        assertThat(own.isInNetworkOfContainer()).isFalse();
    }

    @Test
    void itsNamesAreTheCurrentAndTheConfiguredOne() throws IOException {
        assertThat(own.hostNames()).isEmpty();
        write("proc/sys/kernel/hostname", "now\n");
        write("etc/hostname", "configured\n");

        assertThat(own.hostNames()).containsExactlyInAnyOrder("now", "configured");
    }

    @Test
    void aSocketWasBoundHereIfTheKernelListsItsFile() throws IOException {
        write("docker.sock", "");
        write("other.sock", "");
        Files.createSymbolicLink(root.resolve("link.sock"), root.resolve("docker.sock"));
        assertThat(own.isBoundHere(root.resolve("docker.sock"))).isEmpty();

        write("proc/self/net/unix", """
                Num       RefCount Protocol Flags    Type St Inode Path
                0000000043bef957: 00000002 00000000 00010000 0001 01 13182203 %1$s/link.sock
                000000000b0d5bc6: 00000003 00000000 00000000 0001 03 13182438 %1$s/other.sock
                00000000d9eb361e: 00000003 00000000 00000000 0001 03 13182247
                """.formatted(root));

        assertThat(own.isBoundHere(root.resolve("docker.sock"))).contains(true);
        assertThat(own.isBoundHere(root.resolve("other.sock")))
                .as("connected, not listening")
                .contains(false);
        assertThat(own.isBoundHere(root.resolve("absent.sock"))).contains(false);
    }

    @Test
    void theMountOfItsHostNameTellsItsId() throws IOException {
        write(
                "proc/self/mountinfo",
                "600 500 254:0 /var/lib/docker/containers/" + ID + "/hostname /etc/hostname rw - ext4 /dev/vda rw\n");

        assertThat(own.isInContainer()).isTrue();
        assertThat(own.candidates()).containsExactly(ID);
    }

    @Test
    void podmansMountIsUnderstoodToo() throws IOException {
        write(
                "proc/self/mountinfo",
                "600 500 0:60 /containers/overlay-containers/" + ID
                        + "/userdata/hostname /etc/hostname rw - tmpfs x rw\n");

        assertThat(own.candidates()).containsExactly(ID);
    }

    @Test
    void theControlGroupAndTheHostNameAreCandidatesToo() throws IOException {
        write(".dockerenv", "");
        write("proc/self/cgroup", "12:cpu:/docker/" + ID + "\n11:memory:/docker/" + ID + "\n");
        write("etc/hostname", "4b4e5ee2d3be\n");

        assertThat(own.candidates()).containsExactly(ID, "4b4e5ee2d3be");
    }

    @Test
    void aHostNameThatSomebodyChoseIsNoCandidate() throws IOException {
        write(".dockerenv", "");
        write("etc/hostname", "www\n");

        assertThat(own.isInContainer()).isTrue();
        assertThat(own.candidates()).isEmpty();
    }

    @Test
    void theDefaultGatewayIsReadFromTheKernelsTable() throws IOException {
        assertThat(own.defaultGateway()).isEmpty();
        write("proc/net/route", """
                Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask
                eth1\t00001FAC\t00000000\t0001\t0\t0\t0\t0000FFFF
                eth0\t00000000\t010011AC\t0003\t0\t0\t0\t00000000
                """);

        assertThat(own.defaultGateway()).isEqualTo(IpLiteral.parse("172.17.0.1"));
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
