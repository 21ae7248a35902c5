package dev.cachewarden.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandInsTests {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            quoteCharacter = '\"',
            value = {
                "[build 2/5] RUN x, build, 2, 5",
                "[build  2/12] RUN x, build, 2, 12",
                "[linux/arm64 build 12/12] RUN x, linux/arm64 build, 12, 12",
                "[2/5] RUN x, \"\", 2, 5",
                "[ 2/12] RUN x, \"\", 2, 12",
            })
    void placesAreReadHoweverTheyAreAligned(String name, String stage, int place, int last) {
        assertThat(StagePlace.of(name)).isEqualTo(new StagePlace(stage, place, last));
    }

    @ParameterizedTest
    @CsvSource({"[internal] load .dockerignore", "[build] exporting", "exporting to image", "[2/x] RUN", "[/5] RUN"})
    void whatHasNoPlaceHasNone(String name) {
        assertThat(StagePlace.of(name)).isNull();
    }

    @Test
    void whatAStageLacksIsWhatIsLeftOfAnother() {
        assertThat(own("[web 2/10] COPY b", "[web 10/10] RUN c", "[api  1/12] COPY a"))
                .isEmpty();
        assertThat(own("[web  2/10] COPY b", "[api  1/12] COPY a")).isEqualTo(Map.of(1, "[web  1/10] COPY a"));
        assertThat(own("[2/3] COPY b", "[api 1/12] COPY a")).isEqualTo(Map.of(1, "[1/3] COPY a"));
    }

    @Test
    void keepsAmbiguousSteps() {
        // Of two stages each may have it; it is all of its stage; nothing is lacking.
        assertThat(own("[web 2/3] COPY b", "[api 1/2] COPY a", "[job 1/2] COPY a"))
                .isEmpty();
        assertThat(own("[web 2/3] COPY b", "[job 2/3] COPY b", "[api 1/2] COPY a"))
                .isEmpty();
        assertThat(own("[web 2/3] COPY b", "[api 1/1] COPY a")).isEmpty();
        assertThat(own("[web 1/3] COPY b", "[api 1/2] COPY a")).isEmpty();
    }

    private static Map<Integer, String> own(String... names) {
        Map<Integer, String> all = new HashMap<>();
        IntStream.range(0, names.length).forEach(i -> all.put(i, List.of(names).get(i)));
        return new StandIns(all).ownNames();
    }
}
