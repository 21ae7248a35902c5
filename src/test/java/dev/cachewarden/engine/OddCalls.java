package dev.cachewarden.engine;

import static dev.cachewarden.engine.MaliciousBuildkitd.answer;
import static dev.cachewarden.engine.MaliciousBuildkitd.data;
import static dev.cachewarden.engine.MaliciousBuildkitd.endless;
import static dev.cachewarden.engine.MaliciousBuildkitd.framed;
import static dev.cachewarden.engine.MaliciousBuildkitd.headers;
import static dev.cachewarden.engine.MaliciousBuildkitd.trailers;
import static dev.cachewarden.engine.MaliciousBuildkitd.write;

import com.google.protobuf.ByteString;
import dev.cachewarden.engine.MaliciousBuildkitd.Script;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** All that a server may do with a call, or a connection, instead of answering it as gRPC says. */
@SuppressWarnings("FutureReturnValueIgnored") // What fails to be written is a call that the other side has given up.
final class OddCalls {

    private static final String LONG = "x".repeat(2 << 20);
    private static final ByteString BOMB = zipped(100);

    private OddCalls() {}

    /** Answers to one call that is due this message. */
    static Map<String, Script> of(ByteString message) {
        var calls = new LinkedHashMap<String, Script>();
        statuses(calls);
        headersOf(message, calls);
        framesOf(message, calls);
        calls.put("silence", call -> {});
        calls.put("headers alone", call -> headers(call));
        calls.put("no trailers", call -> {
            headers(call);
            data(call, framed(message));
        });
        calls.put("the connection is closed", call -> call.channel().parent().close());
        calls.put("the connection is closed after the message", call -> {
            headers(call);
            data(call, framed(message));
            call.channel().parent().close();
        });
        for (long code : new long[] {0, 1, 2, 3, 7, 8, 11, 13, 255}) {
            calls.put("reset by " + code, call -> call.writeAndFlush(new DefaultHttp2ResetFrame(code)));
            calls.put("reset by " + code + " after the message", call -> {
                headers(call);
                data(call, framed(message));
                call.writeAndFlush(new DefaultHttp2ResetFrame(code));
            });
        }
        return calls;
    }

    private static void statuses(Map<String, Script> calls) {
        for (String status : List.of("1", "2", "3", "5", "7", "8", "12", "13", "14", "16", "17", "-1", "abc", "")) {
            calls.put("status " + status, call -> {
                headers(call);
                trailers(call, status, "curl -u ops:hunter2hunter2 https://a:hunter2hunter2@b");
            });
        }
        calls.put("a message with odd characters", call -> {
            headers(call);
            trailers(call, "2", "%00%1b[2J%e2%80%ae%0d%0a%ff%");
        });
        calls.put("a long message", call -> {
            headers(call);
            trailers(call, "2", "x".repeat(7_000));
        });
        calls.put("a message of megabytes", call -> {
            headers(call);
            trailers(call, "2", LONG);
        });
    }

    private static void headersOf(ByteString message, Map<String, Script> calls) {
        for (String status : List.of("101", "204", "302", "401", "404", "503", "999", "abc", "")) {
            calls.put("HTTP status " + status, call -> {
                write(call, new DefaultHttp2Headers(false).status(status).set("location", "http://a/"), false);
                data(call, framed(message));
                trailers(call, "0", "");
            });
        }
        calls.put("a page", call -> {
            write(call, new DefaultHttp2Headers(false).status("200").set("content-type", "text/html"), false);
            data(call, Unpooled.copiedBuffer("<html>hunter2hunter2</html>", StandardCharsets.UTF_8));
            write(call, new DefaultHttp2Headers(false), true);
        });
        Map.of(
                        "an unknown encoding", "grpc-encoding=odd",
                        "a long header", "x-a=" + LONG,
                        "a time that is none", "buildkit-current-timestamp=yesterday",
                        "the last time", "buildkit-current-timestamp=+999999999-12-31T23:59:59Z",
                        "the year 9999", "buildkit-current-timestamp=9999-12-31T23:59:59Z",
                        "the first time", "buildkit-current-timestamp=-999999999-01-01T00:00:00Z")
                .forEach((what, header) -> calls.put(what, call -> {
                    int sign = header.indexOf('=');
                    write(call, grpc().set(header.substring(0, sign), header.substring(sign + 1)), false);
                    data(call, framed(message));
                    trailers(call, "0", "");
                }));
        calls.put("many headers", call -> {
            var headers = grpc();
            for (int n = 0; n < 50_000; n++) {
                headers.set("x-" + n, "a");
            }
            write(call, headers, false);
        });
        calls.put("headers twice", call -> {
            headers(call);
            headers(call);
            data(call, framed(message));
            trailers(call, "0", "");
        });
        calls.put("hints and no answer", call -> {
            for (int n = 0; n < 1_000; n++) {
                write(call, new DefaultHttp2Headers(false).status("103"), false);
            }
        });
    }

    private static io.netty.handler.codec.http2.Http2Headers grpc() {
        return new DefaultHttp2Headers(false).status("200").set("content-type", "application/grpc");
    }

    private static void framesOf(ByteString message, Map<String, Script> calls) {
        calls.put("a message that is longer than it says", sends(0, Math.max(0, message.size() - 1), message));
        calls.put("a message that is shorter than it says", sends(0, message.size() + 100, message));
        calls.put("a message of 2 GiB", sends(0, Integer.MAX_VALUE, message));
        calls.put("a message of negative length", sends(0, -1, message));
        calls.put("compressed, it says", sends(1, message.size(), message));
        calls.put("compressed in an unknown way", sends(77, message.size(), message));
        calls.put("a message over the limit", answer(List.of(ByteString.copyFrom(new byte[17 << 20]))));
        calls.put("twice", answer(List.of(message, message)));
        calls.put("a thousand times", answer(Collections.nCopies(1_000, message)));
        calls.put("no message", answer(List.of()));
        calls.put("a small message that unpacks to a large one", call -> {
            write(call, grpc().set("grpc-encoding", "gzip"), false);
            data(call, framed(1, BOMB.size(), BOMB));
            trailers(call, "0", "");
        });
        calls.put("gzip that is none", call -> {
            write(call, grpc().set("grpc-encoding", "gzip"), false);
            data(call, framed(1, message.size(), message));
            trailers(call, "0", "");
        });
        calls.put("messages without end", forever(bytesOf(0, message.size(), message)));
        calls.put("empty messages without end", forever(bytesOf(0, 0, ByteString.EMPTY)));
        calls.put("one message without end", call -> {
            headers(call);
            data(call, framed(0, 15 << 20, ByteString.EMPTY));
            endless(call, ByteString.copyFrom(new byte[1_000]));
        });
    }

    private static Script sends(int compressed, int length, ByteString message) {
        return call -> {
            headers(call);
            data(call, framed(compressed, length, message));
            trailers(call, "0", "");
        };
    }

    private static Script forever(ByteString bytes) {
        return call -> {
            headers(call);
            endless(call, bytes);
        };
    }

    private static ByteString bytesOf(int compressed, int length, ByteString message) {
        var framed = framed(compressed, length, message);
        try {
            return ByteString.copyFrom(framed.nioBuffer());
        } finally {
            framed.release();
        }
    }

    private static ByteString zipped(int mebibytes) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            for (int n = 0; n < mebibytes; n++) {
                zip.write(new byte[1 << 20]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ByteString.copyFrom(bytes.toByteArray());
    }

    /** What a server may say to a connection that begins to speak HTTP/2. */
    static Map<String, ScriptedServer.Script> connections() {
        var connections = new LinkedHashMap<String, ScriptedServer.Script>();
        String settings = frame(4, 0, 0, "");
        connections.put("closed", out -> {});
        connections.put("HTTP/1.1", bytes("HTTP/1.1 400 Bad Request\r\n\r\nhunter2hunter2"));
        connections.put("another protocol", bytes("SSH-2.0-hunter2hunter2\r\n"));
        connections.put("an alert in TLS", bytes("\u0015\u0003\u0003\u0000\u0002\u0002F"));
        connections.put("closed after its settings", bytes(settings));
        connections.put("a good-bye", bytes(settings + frame(7, 0, 0, "\0\0\0\0\0\0\0\u000bhunter2hunter2")));
        connections.put(
                "a frame of 16 MiB", bytes(settings + "\u00ff\u00ff\u00ff\u0000\u0000\u0000\u0000\u0000\u0003"));
        connections.put("settings of a wrong length", bytes(frame(4, 0, 0, "abc")));
        connections.put("settings that cannot be", bytes(frame(4, 0, 0, "\0\u0004\u00ff\u00ff\u00ff\u00ff")));
        connections.put("a frame of no call", bytes(settings + frame(0, 0, 99, "abc")));
        connections.put("headers that are none", bytes(settings + frame(1, 4, 3, "\u00ff\u00ff\u00ff\u00ff\u00ff")));
        connections.put("a window of no size", bytes(settings + frame(8, 0, 0, "\0\0\0\0")));
        connections.put("settings without end", new Endless(settings, settings));
        connections.put("pings without end", new Endless(settings, frame(6, 0, 0, "abcdefgh")));
        connections.put("windows without end", new Endless(settings, frame(8, 0, 0, "\0\0\0\u0001")));
        connections.put("unknown frames without end", new Endless(settings, frame(77, 0, 0, "abcdefgh")));
        connections.put("headers without end", new Endless(settings + frame(1, 0, 3, "a"), frame(9, 0, 3, "aaaaaaaa")));
        connections.put("garbage without end", new Endless("", "abcdefgh"));
        return connections;
    }

    private static ScriptedServer.Script bytes(String text) {
        return out -> out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String frame(int type, int flags, int stream, String payload) {
        return "\0\0" + (char) payload.length() + (char) type + (char) flags + "\0\0\0" + (char) stream + payload;
    }
}
