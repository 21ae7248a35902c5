package dev.cachewarden.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTests {

    /** No token of anybody's: letters in a row, put together here so that no scanner takes them for one. */
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            git clone https://me:s3cr3t@git.example/a.git ¦ git clone https://‹credentials›@git.example/a.git
            git clone https://me:p@ss@git.example/a.git   ¦ git clone https://‹credentials›@git.example/a.git
            https://abcdefghij0123456789@git.example/a    ¦ https://‹credentials›@git.example/a
            postgres://app:hunter2@db:5432/app            ¦ postgres://‹credentials›@db:5432/app
            pip install "https://x:y-z@pypi.example/app"  ¦ pip install "https://‹credentials›@pypi.example/app"
            NPM_TOKEN=abc-def npm ci                      ¦ NPM_TOKEN=‹NPM_TOKEN› npm ci
            export DB_PASSWORD='two words' && make        ¦ export DB_PASSWORD='‹DB_PASSWORD›' && make
            env "API_KEY=abcdef" make                     ¦ env "API_KEY=‹API_KEY›" make
            set CLIENT_SECRET="a'b";make                  ¦ set CLIENT_SECRET="‹CLIENT_SECRET›";make
            echo PASSWORD=\\"abc def\\" > f               ¦ echo PASSWORD=\\"‹PASSWORD›\\" > f
            aws_secret_access_key = wJalrXUtn/K7MD+bPx    ¦ aws_secret_access_key = ‹aws_secret_access_key›
            //npm.example/:_authToken=abcdef              ¦ //npm.example/:_authToken=‹_authToken›
            curl https://x.example/?token=abcdef&page=2   ¦ curl https://x.example/?token=‹token›&page=2
            login --password s3cr3t --user me             ¦ login --password ‹password› --user me
            login --password=s3cr3t                       ¦ login --password=‹password›
            RUN ["login","--api-key","abcdef"]            ¦ RUN ["login","--api-key","‹api-key›"]
            curl -u me:s3cr3t https://x.example           ¦ curl -u me:‹password› https://x.example
            curl --user "me:s3cr3t" https://x.example     ¦ curl --user "me:‹password›" https://x.example
            Authorization: Bearer abc.def                 ¦ Authorization: Bearer ‹Authorization›
            curl -H "Authorization: Basic YWJjOmRlZg=="   ¦ curl -H "Authorization: Basic ‹Authorization›"
            curl -H 'authorization: token abcdef' x       ¦ curl -H 'authorization: token ‹authorization›' x
            curl -H "PRIVATE-TOKEN: abcdef" x             ¦ curl -H "PRIVATE-TOKEN: ‹PRIVATE-TOKEN›" x
            {"user": "me", "password": "a b"}             ¦ {"user": "me", "password": "‹password›"}
            sent Bearer abcdefghijklmnopqrstuv            ¦ sent Bearer ‹bearer-token›
            A_TOKEN=one B_TOKEN=two                       ¦ A_TOKEN=‹A_TOKEN› B_TOKEN=‹B_TOKEN›
            """)
    void takesOutWhatNamesAndPlacesGiveAway(String text, String redacted) {
        assertThat(Secrets.redact(text)).isEqualTo(redacted);
        assertThat(Secrets.redact(redacted)).as("once more").isEqualTo(redacted);
    }

    @ParameterizedTest
    @CsvSource({
        "ghp_, github-token",
        "ghs_, github-token",
        "github_pat_, github-token",
        "glpat-, gitlab-token",
        "npm_, npm-token",
        "dckr_pat_, docker-token",
        "xoxb-, slack-token",
        "AIza, google-api-key",
        "hf_, hugging-face-token",
        "sk_live_, stripe-key",
        "cw_, cachewarden-token",
    })
    void takesOutTokensOfKnownShapes(String prefix, String what) {
        assertThat(Secrets.redact("got " + prefix + LETTERS + ", going on")).isEqualTo("got ‹" + what + "›, going on");
        assertThat(Secrets.redact("x" + prefix + LETTERS)).isEqualTo("x" + prefix + LETTERS);
        assertThat(Secrets.redact(prefix + "short")).isEqualTo(prefix + "short");
    }

    @Test
    void takesOutIdsOfAwsKeysAndJwts() {
        assertThat(Secrets.redact("id AKIA" + "ABCDEFGHIJKLMNOP.")).isEqualTo("id ‹aws-key-id›.");
        assertThat(Secrets.redact("AKIA" + "abcdefghijklmnop")).startsWith("AKIA");
        assertThat(Secrets.redact("jwt eyJ" + LETTERS + ".eyJ" + LETTERS + "." + LETTERS + " end"))
                .isEqualTo("jwt ‹jwt› end");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            a|-----BEGIN RSA PRIVATE KEY-----|AbC/+=|dEf|-----END RSA PRIVATE KEY-----|b ¦ a|‹private-key›|b
            a|-----BEGIN PRIVATE KEY-----|AbC|dEf                                        ¦ a|‹private-key›
            AbC|dEf|-----END OPENSSH PRIVATE KEY-----|b                                  ¦ ‹private-key›|b
            -----BEGIN CERTIFICATE-----|AbC|-----END CERTIFICATE-----                    ¦ -----BEGIN CERTIFICATE-----|AbC|-----END CERTIFICATE-----
            """)
    void takesOutPrivateKeysWholeAndCutOff(String text, String redacted) {
        assertThat(Secrets.redact(text.replace('|', '\n'))).isEqualTo(redacted.replace('|', '\n'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RUN --mount=type=secret,id=npm_token npm ci",
                "docker build --secret id=token,src=token.txt .",
                "TOKEN_FILE=/etc/token make",
                "PASSWORD=$PASSWORD make",
                "PASSWORD=\"${PASSWORD}\" make",
                "TOKEN=%TOKEN% make",
                "GPG_KEY=E3FF2839C048B25C084DEBE9B26995E310250568",
                "token = tokenizer.next()",
                "if (password == null) {",
                "password: must have eight letters",
                "pull access denied, repository does not exist or may require authorization: server message: no scope",
                "repository does not exist or may require authorization: authorization failed: no credentials",
                "the bearer of this letter is welcome here",
                "https://git@git.example/a.git",
                "ssh://git@git.example/a.git",
                "https://x.example/path/a:b@c",
                "see http://a.example, write to b@c.example",
                "COPY --chown=app:app a b",
                "docker run -u 1000:1000 app",
                "compiling ghp_parser.c and npm_config.js",
                "sha256:0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9",
                "TOKEN= make",
                "SECRET=ab make",
                "--no-password --token-file x",
                "requiresPassword=true",
                "----- BEGIN -----"
            })
    void leavesWhatIsNone(String text) {
        assertThat(Secrets.redact(text)).isSameAs(text);
    }

    /** Builds of all kinds, none of which had a secret. */
    @ParameterizedTest
    @ValueSource(strings = {"progress/log", "build/analysis"})
    void recordedLogsStayAsTheyAre(String folder) throws IOException, URISyntaxException {
        var logs = Path.of(Objects.requireNonNull(getClass().getResource("/dev/cachewarden/" + folder))
                .toURI());
        try (var files = Files.walk(logs)) {
            assertThat(files.filter(Files::isRegularFile).toList())
                    .hasSizeGreaterThan(15)
                    .allSatisfy(file -> {
                        String log = Files.readString(file, StandardCharsets.ISO_8859_1);
                        assertThat(Secrets.redact(log)).isSameAs(log);
                    });
        }
    }

    /** Whatever a build prints is read once: a text of two megabytes that begins a secret at each letter takes no longer than any. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN PRIVATE KEY-----",
                "://a:",
                "a@://",
                "TOKEN=",
                "--token ",
                "-u a:b ",
                "-u=",
                "eyJ",
                "-eyJ",
                ".eyJabcdefgh",
                "ghp_",
                "TOKEN=$",
                "TOKEN=\"",
                "\"token\": ",
                "Bearer ",
                "-----END PRIVATE KEY-----A"
            })
    void textsMadeToTakeLongAreReadToTheirEnd(String piece) {
        String text = piece.repeat((2 << 20) / piece.length());

        assertThat(Secrets.redact(text)).isNotEmpty();
    }
}
