package dev.cachewarden.access.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Where a sign-in comes from.
 *
 * @param address of the client; of an IPv6 address the first 64 bits, which is what one customer of a provider has
 * @param device secret of the browser's cookie, if it has one
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
