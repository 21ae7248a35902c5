package dev.cachewarden.notify.sending;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/**
 * The addresses that channels may use. A channel must not reach services that trust this machine: its own loopback services, and the metadata
 * service of a cloud. Private networks are allowed, because many receivers are self-hosted.
 */
final class Targets {

    /** Metadata services outside of the link-local networks: of AWS by IPv6, Alibaba Cloud, Azure, and Oracle Cloud. */
    private static final List<String> METADATA =
            List.of("fd00:ec2:0:0:0:0:0:254", "100.100.100.200", "168.63.129.16", "192.0.0.192");

    private final List<String> allowedHosts;
    private final Resolver resolver;

    /** Returns all addresses of a host name. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /** Thrown if the settings do not allow an address. */
    static final class TargetRefusedException extends Exception {
        TargetRefusedException(String message) {
            super(message);
        }
    }

    Targets(List<String> allowedHosts, Resolver resolver) {
        this.allowedHosts = List.copyOf(allowedHosts);
        this.resolver = resolver;
    }

    /**
     * Resolves a host. The caller must connect to this address, because a second resolution can have another result.
     *
     * @param host host name or IP address; an IPv6 address can have brackets
     * @param encrypted whether the connection uses TLS
     */
    InetAddress resolve(String host, boolean encrypted) throws UnknownHostException, TargetRefusedException {
        var name = host.replaceAll("^\\[|]$", "");
        var addresses = resolver.resolve(name);
        if (addresses.length == 0) {
            throw new UnknownHostException(name);
        }
        if (!allowedHosts.contains(name.toLowerCase(Locale.ROOT))) {
            for (var address : addresses) {
                check(name, address, encrypted);
            }
        }
        return addresses[0];
    }

    private static void check(String host, InetAddress address, boolean encrypted) throws TargetRefusedException {
        var real = embedded(address);
        if (real.isLoopbackAddress()
                || real.isAnyLocalAddress()
                || real.isLinkLocalAddress()
                || real.isMulticastAddress()
                || METADATA.contains(real.getHostAddress())) {
            throw new TargetRefusedException(host + " has the address " + address.getHostAddress()
                    + ", which is a loopback, link-local, or metadata address. If this is intended, add " + host
                    + " to cachewarden.notify.allowed-hosts.");
        }
        if (!encrypted && !isPrivate(real)) {
            throw new TargetRefusedException(host + " has the public address " + address.getHostAddress()
                    + ". Use https, or add " + host + " to cachewarden.notify.allowed-hosts.");
        }
    }

    /** Returns the IPv4 address in an IPv6 address of NAT64, 6to4, or the old compatible form, or the address itself. */
    private static InetAddress embedded(InetAddress address) {
        var bytes = address.getAddress();
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        boolean nat64 = bytes[0] == 0 && bytes[1] == 0x64 && (bytes[2] & 0xff) == 0xff && (bytes[3] & 0xff) == 0x9b;
        boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
        boolean compatible = isZero(bytes, 12) && !address.isLoopbackAddress() && !address.isAnyLocalAddress();
        if (!nat64 && !sixToFour && !compatible) {
            return address;
        }
        int from = sixToFour ? 2 : 12;
        try {
            return InetAddress.getByAddress(
                    new byte[] {bytes[from], bytes[from + 1], bytes[from + 2], bytes[from + 3]});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 bytes are an address", e);
        }
    }

    private static boolean isZero(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrivate(InetAddress address) {
        var bytes = address.getAddress();
        boolean shared = address instanceof Inet4Address && bytes[0] == 100 && (bytes[1] & 0xc0) == 0x40;
        boolean uniqueLocal = address instanceof Inet6Address && (bytes[0] & 0xfe) == 0xfc;
        return address.isSiteLocalAddress() || shared || uniqueLocal;
    }
}
