package dev.cachewarden.buildcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteSizeTests {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1048576, 1048576",
        "20GB, 20000000000",
        "20GiB, 21474836480",
        "20 gib, 21474836480",
        "' 512MB ', 512000000",
        "1.5KiB, 1536",
        "2kB, 2000",
        "5g, 5368709120",
        "5G, 5368709120",
        "5gb, 5000000000",
        "5 GIB, 5368709120",
        "3k, 3072",
        "3K, 3072",
        "1.5m, 1572864",
        "2t, 2199023255552",
        "2tb, 2000000000000",
        "7b, 7",
        "0.1B, 0",
        "9223372036854775807, 9223372036854775807",
        "8388607TiB, 9223370937343148032",
    })
    void parsesCommonNotations(String written, long bytes) {
        assertThat(ByteSize.parse(written).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            10XB     | '10XB' is not a size; use a number with B, kB, MB, GB, TB (powers of 1000) or KiB, MiB, GiB, TiB, k, m, g, t (powers of 1024)
            ""       | '' is not a size; use a number with B, kB, MB, GB, TB (powers of 1000) or KiB, MiB, GiB, TiB, k, m, g, t (powers of 1024)
            1,5 GB   | '1,5 GB' is not a size; use a number with B, kB, MB, GB, TB (powers of 1000) or KiB, MiB, GiB, TiB, k, m, g, t (powers of 1024)
            -5GB     | '-5GB' is negative; a size must be zero or more
            9EB      | '9EB' is not a size; use a number with B, kB, MB, GB, TB (powers of 1000) or KiB, MiB, GiB, TiB, k, m, g, t (powers of 1024)
            9223372036854775808 | '9223372036854775808' is more than the maximum of 8 EiB
            9999999999TiB       | '9999999999TiB' is more than the maximum of 8 EiB
            """)
    void explainsInvalidSizes(String written, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ByteSize.parse(written))
                .withMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            0                   | 0 B       | 0 bytes
            1                   | 1 B       | 1 byte
            1023                | 1023 B    | 1,023 bytes
            1024                | 1.0 KiB   | 1,024 bytes
            1048524             | 1023.9 KiB| 1,048,524 bytes
            1048575             | 1.0 MiB   | 1,048,575 bytes
            35861147648         | 33.4 GiB  | 35,861,147,648 bytes
            9223372036854775807 | 8.0 EiB   | 9,223,372,036,854,775,807 bytes
            """)
    void showsItselfRoundedAndExactly(long bytes, String rounded, String exact) {
        assertThat(new ByteSize(bytes)).hasToString(rounded);
        assertThat(new ByteSize(bytes).exact()).isEqualTo(exact);
    }

    @Test
    void doesNotDependOnTheMachinesLanguage() {
        var before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.of("tr", "TR"));
            assertThat(ByteSize.parse("1GIB")).hasToString("1.0 GiB");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void isNeverNegative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ByteSize(-1))
                .withMessage("A size cannot be negative: -1 bytes");
        assertThat(new ByteSize(3).minusOrZero(new ByteSize(5))).isEqualTo(ByteSize.ZERO);
    }
}
