package dev.cachewarden.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class OwnAddressTests {

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example", "10.0.0.9", "cache.example.com"})
    void hostHeaderIsNotBelieved(String host) {
        assertThat(address("").of(request(host))).isEmpty();
        assertThat(address("https://cache.example.com/").of(request(host))).contains("https://cache.example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]", "192.0.2.7"})
    void loopbackAndTheAddressThatARequestCameInAtAreKnown(String host) {
        assertThat(address("").of(request(host))).contains("http://" + host + ":8080");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cache.example.com", "ftp://x", "https://", "https://a b", "https://a/'$(x)"})
    void baseUrlIsAPlainAddress(String text) {
        assertThatThrownBy(() -> address(text))
                .hasMessageStartingWith("cachewarden.base-url must be an address such as");
    }

    @Test
    void proxiesAreAddresses() {
        assertThat(new AddressSettings("", List.of("10.0.0.0/8", " ::1 ", "")).trustedProxies())
                .containsExactly("10.0.0.0/8", "::1");
        assertThatThrownBy(() -> new AddressSettings("", List.of("proxy.example.com")))
                .hasMessageStartingWith("cachewarden.trusted-proxies must be addresses or networks");
    }

    private static OwnAddress address(String baseUrl) {
        return new OwnAddress(new AddressSettings(baseUrl, List.of()));
    }

    private static MockHttpServletRequest request(String host) {
        var request = new MockHttpServletRequest();
        request.setServerName(host);
        request.setServerPort(8080);
        request.setLocalAddr("192.0.2.7");
        return request;
    }
}
