package dev.cachewarden.notify.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsTests {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, refused, refused",
        "127.8.9.1, refused, refused",
        "0.0.0.0, refused, refused",
        "169.254.169.254, refused, refused",
        "100.100.100.200, refused, refused",
        "168.63.129.16, refused, refused",
        "192.0.0.192, refused, refused",
        "224.0.0.1, refused, refused",
        "::1, refused, refused",
        "::, refused, refused",
        "fe80::1, refused, refused",
        "fd00:ec2::254, refused, refused",
        "::ffff:127.0.0.1, refused, refused",
        "::127.0.0.1, refused, refused",
        "64:ff9b::7f00:1, refused, refused",
        "64:ff9b::a9fe:a9fe, refused, refused",
        "2002:7f00:1::, refused, refused",
        "10.1.2.3, allowed, allowed",
        "192.168.1.4, allowed, allowed",
        "172.16.0.9, allowed, allowed",
        "100.64.0.7, allowed, allowed",
        "fd12:3456::1, allowed, allowed",
        "93.184.216.34, allowed, refused",
        "2606:2800:220:1::1, allowed, refused"
    })
    void addressesAreAllowedOrRefused(String address, String encrypted, String plain) throws Exception {
        assertThat(answer(address, true)).isEqualTo(encrypted);
        assertThat(answer(address, false)).isEqualTo(plain);
    }

    @Test
    void everyAddressOfANameMustBeAllowed() {
        var targets = new Targets(List.of(), host ->
                new InetAddress[] {InetAddress.getByName("93.184.216.34"), InetAddress.getByName("127.0.0.1")});

        assertThatExceptionOfType(Targets.TargetRefusedException.class)
                .isThrownBy(() -> targets.resolve("rebind.example", true));
    }

    @Test
    void settingAllowsAHost() throws Exception {
        var targets =
                new Targets(List.of("relay.local"), host -> new InetAddress[] {InetAddress.getByName("127.0.0.1")});

        assertThat(targets.resolve("Relay.Local", false)).isEqualTo(InetAddress.getByName("127.0.0.1"));
    }

    private static String answer(String address, boolean encrypted) throws Exception {
        var targets = new Targets(List.of(), host -> new InetAddress[] {InetAddress.getByName(address)});
        try {
            targets.resolve("host.example", encrypted);
            return "allowed";
        } catch (Targets.TargetRefusedException e) {
            return "refused";
        }
    }
}
