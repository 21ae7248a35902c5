package dev.cachewarden.access.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The origin of a sign-in.
 *
 * @param address IP address of the client; for IPv6 its first 64 bits, which a provider usually assigns to one customer
 * @param device secret of the browser's cookie, or null if it has none
 */
record LoginOrigin(String address, @Nullable String device) {

    static LoginOrigin of(HttpServletRequest request) {
        return new LoginOrigin(network(request.getRemoteAddr()), Cookies.value(request, Cookies.DEVICE));
    }

    private static String network(String address) {
        if (!address.contains(":")) {
            return address;
        }
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            return bytes.length == 16 ? HexFormat.of().formatHex(Arrays.copyOf(bytes, 8)) + "/64" : address;
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
