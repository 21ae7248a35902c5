package dev.cachewarden.engine.buildkit;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import dev.cachewarden.engine.BadMessageException;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Rejects messages before parsing if they would need too much memory for their size. An empty record has two bytes, but needs forty times
 * as many in memory. With a limit on the size alone, one message could use up the memory.
 */
final class BoundedMessages implements ClientInterceptor {

    /** The memory of an object, and of a text without its characters. */
    private static final int BYTES_OF_A_MESSAGE = 80;

    private static final int BYTES_OF_A_TEXT = 56;

    /** The maximum memory as a multiple of the size. Records of real builders need up to five times their size. */
    private static final int MOST_TIMES = 8;

    /**
     * The additional memory, because small messages with short texts need more. The allowance is lower in a stream, whose messages are kept
     * in large numbers.
     */
    private static final int ALLOWED = 64 << 10;

    private static final int ALLOWED_IN_A_STREAM = 2 << 10;

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        var bounded = method.toBuilder(method.getRequestMarshaller(), bounded(method));
        return next.newCall(bounded.build(), options);
    }

    private static <A> Marshaller<A> bounded(MethodDescriptor<?, A> method) {
        var marshaller = method.getResponseMarshaller();
        int allowed = method.getType().serverSendsOneMessage() ? ALLOWED : ALLOWED_IN_A_STREAM;
        if (!(marshaller instanceof PrototypeMarshaller<A> typed)
                || !(typed.getMessagePrototype() instanceof Message prototype)) {
            throw new IllegalArgumentException("Not a method of protobuf messages");
        }
        var descriptor = prototype.getDescriptorForType();
        return new Marshaller<>() {
            @Override
            public InputStream stream(A value) {
                return marshaller.stream(value);
            }

            @Override
            public A parse(InputStream stream) {
                byte[] bytes = read(stream);
                requireBounded(bytes, descriptor, allowed);
                return marshaller.parse(new ByteArrayInputStream(bytes));
            }
        };
    }

    private static byte[] read(InputStream stream) {
        try {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireBounded(byte[] bytes, Descriptor descriptor, int allowed) {
        long most = allowed + (long) MOST_TIMES * bytes.length;
        try {
            new Measure(most).add(CodedInputStream.newInstance(bytes), descriptor, 0);
        } catch (IOException e) {
            // The protobuf parser fails as well, and reports the reason.
        }
    }

    /** Measures the memory that the objects of a message need. */
    private static final class Measure {

        /** The maximum depth. BuildKit's messages have at most four levels; deeper ones are unknown fields, or rejected by protobuf. */
        private static final int DEEPEST = 10;

        private final long most;
        private long taken;

        Measure(long most) {
            this.most = most;
        }

        void add(CodedInputStream in, Descriptor descriptor, int depth) throws IOException {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                var field = descriptor.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
                if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                    take(field == null ? BYTES_OF_A_TEXT : 0);
                    in.skipField(tag);
                } else if (field != null && field.getJavaType() == JavaType.MESSAGE && depth < DEEPEST) {
                    take(BYTES_OF_A_MESSAGE);
                    int before = in.pushLimit(in.readRawVarint32());
                    add(in, field.getMessageType(), depth + 1);
                    in.popLimit(before);
                } else {
                    take(BYTES_OF_A_TEXT);
                    in.skipField(tag);
                }
            }
        }

        private void take(int bytes) {
            taken += bytes;
            if (taken > most) {
                throw new BadMessageException("it has more parts than a message of its size can have");
            }
        }
    }
}
