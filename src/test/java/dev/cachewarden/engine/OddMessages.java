package dev.cachewarden.engine;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** All that a server may send instead of a message: each field in turn with each odd value of each wire type, and the whole in odd forms. */
final class OddMessages {

    private static final Map<String, Supplier<Field>> VALUES = values();

    private OddMessages() {}

    private static Map<String, Supplier<Field>> values() {
        var values = new LinkedHashMap<String, Supplier<Field>>();
        values.put("zero", () -> number(0));
        values.put("one", () -> number(1));
        values.put("negative", () -> number(-1));
        values.put("largest", () -> number(Long.MAX_VALUE));
        values.put("smallest", () -> number(Long.MIN_VALUE));
        values.put("large", () -> number(1L << 40));
        values.put("year 10000", () -> number(253_402_300_800L));
        values.put("four bytes", () -> Field.newBuilder().addFixed32(7).build());
        values.put("eight bytes", () -> Field.newBuilder().addFixed64(7).build());
        values.put(
                "group",
                () -> Field.newBuilder()
                        .addGroup(UnknownFieldSet.newBuilder()
                                .addField(1, number(1))
                                .build())
                        .build());
        values.put("empty text", () -> text(""));
        values.put("blank text", () -> text(" \n "));
        values.put("NUL", () -> text("a\0b"));
        values.put("not UTF-8", () -> bytes(new byte[] {(byte) 0xc0, (byte) 0xff, 'a'}));
        values.put("half a pair", () -> bytes(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0xbd}));
        values.put("escapes", () -> text("\u001b[2J\u202e\u0085\r\n"));
        values.put("capitals", () -> text("ABC,type==regular"));
        values.put("itself", () -> text("selfselfselfselfself12345"));
        values.put("secret", () -> text("curl -u ops:hunter2hunter2 https://a:hunter2hunter2@b"));
        values.put("long text", () -> text("x".repeat(300_000)));
        values.put("too long a text", () -> text("x".repeat(5 << 20)));
        values.put("deep", () -> bytes(deep()));
        values.put("many", OddMessages::many);
        values.put("many and each another", OddMessages::manyOthers);
        return values;
    }

    private static Field number(long value) {
        return Field.newBuilder().addVarint(value).build();
    }

    private static Field text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Field bytes(byte[] bytes) {
        return Field.newBuilder().addLengthDelimited(ByteString.copyFrom(bytes)).build();
    }

    private static Field many() {
        var field = Field.newBuilder();
        for (int n = 0; n < 50_000; n++) {
            field.addLengthDelimited(ByteString.copyFromUtf8("a"));
        }
        return field.build();
    }

    private static Field manyOthers() {
        var field = Field.newBuilder();
        for (int n = 0; n < 20_000; n++) {
            field.addLengthDelimited(ByteString.copyFromUtf8("p" + n));
        }
        return field.build();
    }

    /** Groups within groups that never end. */
    private static byte[] deep() {
        return "\u000b".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
    }

    /** Encoded messages by what is odd about them; those about a field begin with a slash. */
    static Map<String, Supplier<ByteString>> of(Message message) {
        var odd = new LinkedHashMap<String, Supplier<ByteString>>();
        fields(message, "", whole -> whole, odd);
        var honest = message.toByteString();
        odd.put("empty", () -> ByteString.EMPTY);
        odd.put("twice", () -> honest.concat(honest));
        odd.put("markup", () -> ByteString.copyFromUtf8("<html><body>hunter2hunter2</body></html>"));
        odd.put("NUL bytes", () -> ByteString.copyFrom(new byte[1_000]));
        odd.put("with a field of number 0", () -> honest.concat(ByteString.copyFrom(new byte[] {0, 1})));
        odd.put("with garbage", () -> honest.concat(ByteString.copyFrom(new byte[] {-1, -1, -1, -1, -1, -1})));
        odd.put(
                "a number without end",
                () -> ByteString.copyFrom(new byte[] {8, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1}));
        odd.put("a length beyond its end", () -> ByteString.copyFrom(new byte[] {10, -1, -1, -1, -1, 7}));
        odd.put("a negative length", () -> ByteString.copyFrom(new byte[] {10, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1}));
        odd.put("groups without end", () -> ByteString.copyFrom(deep()));
        odd.put("an unknown field of a MiB", () -> unknown(honest));
        for (int tenth = 1; tenth < 10; tenth++) {
            int length = honest.size() * tenth / 10;
            odd.put("cut after " + tenth + " tenths", () -> honest.substring(0, length));
        }
        return odd;
    }

    private static ByteString unknown(ByteString honest) {
        return honest.concat(UnknownFieldSet.newBuilder()
                .addField(536_870_911, text("x".repeat(1 << 20)))
                .build()
                .toByteString());
    }

    private static void fields(
            Message message, String path, UnaryOperator<ByteString> within, Map<String, Supplier<ByteString>> odd) {
        for (var field : message.getDescriptorForType().getFields()) {
            String at = path + "/" + field.getName();
            odd.put(at + " missing", () -> within.apply(with(message, field, null)));
            VALUES.forEach((name, value) ->
                    odd.put(at + " " + name, () -> within.apply(with(message, field, value.get()))));
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && isSet(message, field)) {
                var first =
                        (Message) (field.isRepeated() ? message.getRepeatedField(field, 0) : message.getField(field));
                fields(
                        first,
                        at,
                        inner -> within.apply(with(message, field, firstReplaced(message, field, inner))),
                        odd);
            }
        }
    }

    private static boolean isSet(Message message, FieldDescriptor field) {
        return field.isRepeated() ? message.getRepeatedFieldCount(field) > 0 : message.hasField(field);
    }

    private static Field firstReplaced(Message message, FieldDescriptor field, ByteString instead) {
        var replaced = Field.newBuilder().addLengthDelimited(instead);
        for (int n = 1; field.isRepeated() && n < message.getRepeatedFieldCount(field); n++) {
            replaced.addLengthDelimited(((Message) message.getRepeatedField(field, n)).toByteString());
        }
        return replaced.build();
    }

    private static ByteString with(Message message, FieldDescriptor field, @Nullable Field instead) {
        try {
            var fields = UnknownFieldSet.parseFrom(message.toByteString()).toBuilder();
            fields.clearField(field.getNumber());
            if (instead != null) {
                fields.addField(field.getNumber(), instead);
            }
            return fields.build().toByteString();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
