package dev.cachewarden.build.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cachewarden.build.analysis.RecordedBuilds;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines as they stand in Dockerfiles of all sorts. */
class StepClassTests {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '¦', quoteCharacter = '§', textBlock = """
            RUN apt-get update && apt-get install -y --no-install-recommends gcc libpq-dev && rm -rf /var/lib/apt/lists/* ¦ SYSTEM_PACKAGES
            RUN apt-get update ¦ SYSTEM_PACKAGES
            RUN set -eux; apt-get update; DEBIAN_FRONTEND=noninteractive apt-get -qq -y install curl make cmake ¦ SYSTEM_PACKAGES
            RUN --mount=type=cache,target=/var/cache/apt,sharing=locked --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y git ¦ SYSTEM_PACKAGES
            RUN apk add --no-cache build-base python3 ¦ SYSTEM_PACKAGES
            RUN apk --no-cache --update add ca-certificates && update-ca-certificates ¦ SYSTEM_PACKAGES
            RUN dnf -y install epel-release && dnf clean all ¦ SYSTEM_PACKAGES
            RUN yum update -y && yum groupinstall -y 'Development Tools' ¦ SYSTEM_PACKAGES
            RUN microdnf install -y java-21-openjdk-headless ¦ SYSTEM_PACKAGES
            RUN zypper --non-interactive install gcc-c++ ¦ SYSTEM_PACKAGES
            RUN zypper -n in git-core ¦ SYSTEM_PACKAGES
            RUN pacman -Syu --noconfirm base-devel ¦ SYSTEM_PACKAGES
            RUN sudo apt-get install -y nodejs ¦ SYSTEM_PACKAGES
            RUN curl -fsSL https://deb.nodesource.com/setup_20.x | bash - ¦ SYSTEM_PACKAGES
            RUN dpkg -i /tmp/wkhtmltox.deb || apt-get -f install -y ¦ SYSTEM_PACKAGES
            RUN docker-php-ext-install pdo_mysql opcache ¦ SYSTEM_PACKAGES
            RUN install_packages nginx ¦ SYSTEM_PACKAGES
            RUN ["apt-get", "install", "-y", "vim"] ¦ SYSTEM_PACKAGES
            RUN <<EOF (apt-get update...) ¦ SYSTEM_PACKAGES
            RUN wget -qO /usr/bin/tini https://github.com/krallin/tini/releases/download/v0.19.0/tini && chmod +x /usr/bin/tini ¦ SYSTEM_PACKAGES
            RUN git clone --depth 1 https://github.com/index-tts/index-tts.git /opt/index-tts ¦ SYSTEM_PACKAGES
            COPY packages.txt /tmp/ ¦ SYSTEM_PACKAGES
            ADD https://github.com/krallin/tini/releases/download/v0.19.0/tini /tini ¦ SYSTEM_PACKAGES
            RUN pip install --no-cache-dir -r requirements.txt ¦ LANGUAGE_PACKAGES
            RUN pip3 install torch==2.3.0 --index-url https://download.pytorch.org/whl/cu121 ¦ LANGUAGE_PACKAGES
            RUN --mount=type=cache,target=/root/.cache/pip,sharing=locked pip install --upgrade pip && pip install -r requirements.txt ¦ LANGUAGE_PACKAGES
            RUN /opt/venv/bin/pip install -U pip wheel ¦ LANGUAGE_PACKAGES
            RUN python -m pip install --user -r requirements.txt ¦ LANGUAGE_PACKAGES
            RUN python3.11 -m venv /opt/venv ¦ LANGUAGE_PACKAGES
            RUN apt-get update && apt-get install -y gcc && pip install uvicorn ¦ LANGUAGE_PACKAGES
            RUN uv sync --frozen --no-install-project ¦ LANGUAGE_PACKAGES
            RUN uv pip install --system -r requirements.txt ¦ LANGUAGE_PACKAGES
            RUN poetry config virtualenvs.create false && poetry install --no-root --only main ¦ LANGUAGE_PACKAGES
            RUN pdm sync --prod --no-editable ¦ LANGUAGE_PACKAGES
            RUN pipenv install --system --deploy ¦ LANGUAGE_PACKAGES
            RUN conda env create -f environment.yml && conda clean -afy ¦ LANGUAGE_PACKAGES
            RUN micromamba install -y -n base -f /tmp/env.yaml ¦ LANGUAGE_PACKAGES
            RUN npm ci --omit=dev ¦ LANGUAGE_PACKAGES
            RUN npm install -g npm@10 ¦ LANGUAGE_PACKAGES
            RUN NODE_ENV=production npm --prefix web ci ¦ LANGUAGE_PACKAGES
            RUN yarn --frozen-lockfile ¦ LANGUAGE_PACKAGES
            RUN yarn install --immutable ¦ LANGUAGE_PACKAGES
            RUN corepack enable && pnpm fetch --prod ¦ LANGUAGE_PACKAGES
            RUN pnpm install --frozen-lockfile ¦ LANGUAGE_PACKAGES
            RUN bun install --production ¦ LANGUAGE_PACKAGES
            RUN ./mvnw -B dependency:go-offline ¦ LANGUAGE_PACKAGES
            RUN mvn -q -B dependency:resolve dependency:resolve-plugins ¦ LANGUAGE_PACKAGES
            RUN ./gradlew --no-daemon dependencies ¦ LANGUAGE_PACKAGES
            RUN go mod download && go mod verify ¦ LANGUAGE_PACKAGES
            RUN go install github.com/air-verse/air@latest ¦ LANGUAGE_PACKAGES
            RUN cargo chef cook --release --recipe-path recipe.json ¦ LANGUAGE_PACKAGES
            RUN cargo fetch --locked ¦ LANGUAGE_PACKAGES
            RUN curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y ¦ LANGUAGE_PACKAGES
            RUN bundle config set --local without 'development test' && bundle install --jobs 4 ¦ LANGUAGE_PACKAGES
            RUN gem install bundler -v 2.5.6 ¦ LANGUAGE_PACKAGES
            RUN composer install --no-dev --no-scripts --prefer-dist ¦ LANGUAGE_PACKAGES
            RUN dotnet restore "src/Api/Api.csproj" ¦ LANGUAGE_PACKAGES
            RUN mix local.hex --force && mix deps.get --only prod ¦ LANGUAGE_PACKAGES
            RUN Rscript -e "install.packages('shiny')" ¦ LANGUAGE_PACKAGES
            RUN sh -c "pip install flask" ¦ LANGUAGE_PACKAGES
            RUN if [ "$DEV" = "1" ]; then pip install -r dev.txt; fi ¦ LANGUAGE_PACKAGES
            COPY package.json package-lock.json ./ ¦ LANGUAGE_PACKAGES
            COPY package*.json ./ ¦ LANGUAGE_PACKAGES
            COPY --chown=node:node package.json yarn.lock .yarnrc.yml ./ ¦ LANGUAGE_PACKAGES
            COPY requirements.txt /app/ ¦ LANGUAGE_PACKAGES
            COPY requirements/base.txt requirements/prod.txt /tmp/requirements/ ¦ LANGUAGE_PACKAGES
            COPY pyproject.toml poetry.lock* README.md ./ ¦ LANGUAGE_PACKAGES
            COPY pom.xml . ¦ LANGUAGE_PACKAGES
            COPY .mvn/ .mvn ¦ LANGUAGE_PACKAGES
            COPY gradlew settings.gradle.kts build.gradle.kts ./ ¦ LANGUAGE_PACKAGES
            COPY go.mod go.sum ./ ¦ LANGUAGE_PACKAGES
            COPY ["go.mod", "go.sum", "./"] ¦ LANGUAGE_PACKAGES
            COPY Cargo.toml Cargo.lock ./ ¦ LANGUAGE_PACKAGES
            COPY Gemfile Gemfile.lock ./ ¦ LANGUAGE_PACKAGES
            COPY src/Api/Api.csproj src/Api/ ¦ LANGUAGE_PACKAGES
            COPY --from=builder /usr/local/lib/python3.11/site-packages /usr/local/lib/python3.11/site-packages ¦ LANGUAGE_PACKAGES
            COPY --from=deps /app/node_modules ./node_modules ¦ LANGUAGE_PACKAGES
            COPY --from=ghcr.io/astral-sh/uv:latest /uv /uvx /bin/ ¦ LANGUAGE_PACKAGES
            RUN huggingface-cli download facebook/opt-125m --local-dir /models ¦ MODELS_AND_DATA
            RUN git lfs install && git lfs pull ¦ MODELS_AND_DATA
            RUN wget -q https://example.com/weights/model.safetensors -O /models/model.safetensors ¦ MODELS_AND_DATA
            RUN curl -L -o model.bin https://huggingface.co/gpt2/resolve/main/pytorch_model.bin ¦ MODELS_AND_DATA
            RUN python -c "from transformers import AutoModel; AutoModel.from_pretrained('bert-base-uncased')" ¦ MODELS_AND_DATA
            RUN python -m spacy download en_core_web_sm ¦ MODELS_AND_DATA
            RUN python -m unidic download ¦ MODELS_AND_DATA
            RUN pip install spacy && python -m spacy download de_core_news_md ¦ MODELS_AND_DATA
            RUN aws s3 cp s3://bucket/models/ /models --recursive ¦ MODELS_AND_DATA
            RUN dvc pull data/ ¦ MODELS_AND_DATA
            COPY models/ /models/ ¦ MODELS_AND_DATA
            COPY ref_audio/ ./ref_audio/ ¦ MODELS_AND_DATA
            COPY weights/model.onnx /app/ ¦ MODELS_AND_DATA
            ADD https://example.com/geo/city.mmdb /data/ ¦ MODELS_AND_DATA
            COPY --from=models /models /models ¦ MODELS_AND_DATA
            RUN mvn -B -DskipTests package ¦ COMPILE
            RUN ./mvnw clean install -Pprod ¦ COMPILE
            RUN ./gradlew --no-daemon bootJar ¦ COMPILE
            RUN gradle build -x test ¦ COMPILE
            RUN make -j$(nproc) && make install ¦ COMPILE
            RUN cd build && cmake .. -DCMAKE_BUILD_TYPE=Release && cmake --build . ¦ COMPILE
            RUN ./configure --prefix=/usr && make ¦ COMPILE
            RUN CGO_ENABLED=0 GOOS=linux go build -ldflags="-s -w" -o /bin/server ./cmd/server ¦ COMPILE
            RUN --mount=type=cache,target=/root/.cache/go-build go build ./... ¦ COMPILE
            RUN cargo build --release --locked ¦ COMPILE
            RUN nvcc -O3 -o kernel kernel.cu ¦ COMPILE
            RUN python setup.py build_ext --inplace ¦ COMPILE
            RUN MAX_JOBS=4 pip install flash-attn --no-build-isolation ¦ COMPILE
            RUN npm run build ¦ COMPILE
            RUN npm ci && npm run build -- --configuration production ¦ COMPILE
            RUN yarn workspace web build ¦ COMPILE
            RUN pnpm --filter=api run build ¦ COMPILE
            RUN npx tsc -p tsconfig.json ¦ COMPILE
            RUN tsc ¦ COMPILE
            RUN webpack --mode production ¦ COMPILE
            RUN dotnet publish -c Release -o /app ¦ COMPILE
            RUN bundle exec rake assets:precompile ¦ COMPILE
            RUN python manage.py collectstatic --noinput ¦ COMPILE
            RUN swift build -c release ¦ COMPILE
            RUN mix release ¦ COMPILE
            COPY --from=build /app/target/app.jar /app.jar ¦ COMPILE
            COPY --from=build /src/app.bin /app/ ¦ COMPILE
            COPY --from=0 /src/dist /usr/share/nginx/html ¦ COMPILE
            COPY . . ¦ APPLICATION_CODE
            COPY . /app ¦ APPLICATION_CODE
            COPY src/ ./src/ ¦ APPLICATION_CODE
            COPY --link --chown=app:app src ./src ¦ APPLICATION_CODE
            COPY f5_tts_api.py ./ ¦ APPLICATION_CODE
            COPY package.json src ./ ¦ APPLICATION_CODE
            ONBUILD COPY . /usr/src/app ¦ APPLICATION_CODE
            ADD . /code/ ¦ APPLICATION_CODE
            COPY nginx.conf /etc/nginx/conf.d/default.conf ¦ SETUP
            COPY docker-entrypoint.sh /usr/local/bin/ ¦ SETUP
            COPY <<EOF /etc/motd ¦ SETUP
            WORKDIR /app ¦ SETUP
            RUN useradd -m app && chown -R app /app ¦ SETUP
            RUN mkdir -p /data && chmod 777 /data ¦ SETUP
            RUN ln -sf /dev/stdout /var/log/nginx/access.log ¦ SETUP
            RUN echo building 1 > /version ¦ SETUP
            RUN echo "make install && npm ci" > /help ¦ SETUP
            RUN chmod +x gradlew ¦ SETUP
            """)
    void ofALine(String line, StepClass expected) {
        assertThat(classified(line).stepClass()).isEqualTo(expected);
    }

    @Test
    void givesTheReasonOfTheClass() {
        assertThat(classified("RUN apt-get update && /opt/venv/bin/pip install flask")
                        .why())
                .isEqualTo("pip install flask installs language packages");
        assertThat(classified("COPY package.json yarn.lock ./").why())
                .isEqualTo("package.json yarn.lock lists language packages to install");
        assertThat(classified("RUN true").why()).startsWith("No rule matches its commands");
    }

    /** As official images do, which list all packages of a system that they need for a while. */
    @Test
    void commandsFarBehindDecideAsWell() {
        String many =
                IntStream.range(0, 400).mapToObj("test -e /etc/%d; "::formatted).collect(Collectors.joining());
        String words = "echo " + "word ".repeat(4_000);

        assertThat(classified("RUN set -eux; " + many + "pip install flask").why())
                .isEqualTo("pip install flask installs language packages");
        assertThat(classified("RUN " + words + "&& npm ci").stepClass()).isEqualTo(StepClass.LANGUAGE_PACKAGES);
        assertThat(classified("RUN " + "a; ".repeat(20_000) + "npm ci").stepClass())
                .isEqualTo(StepClass.SETUP);
    }

    /** As recorded; of the second the package manager stands in the third line, and of the third in the first. */
    @Test
    void ofAHeredocTheLineCountsThatBuildKitShows() {
        var steps = RecordedBuilds.steps("/dev/cachewarden/progress/log/28.5/heredoc").stream()
                .filter(step -> step.text().contains("<<SH"))
                .toList();

        assertThat(steps)
                .extracting(step -> step.text() + ": " + step.stepClass() + ", " + step.classReason())
                .containsExactly(
                        "RUN <<SH (pip install flask...): LANGUAGE_PACKAGES, pip install flask installs language packages",
                        "RUN <<SH (set -eu...): SETUP, No rule matches its first line, and BuildKit shows only that line:"
                                + " treated as setup of directories, users, and the like",
                        "RUN <<SH sh: SETUP, No rule matches its first line, and BuildKit shows only that line:"
                                + " treated as setup of directories, users, and the like");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '§', textBlock = """
            RUN <<EOF ¦ No rule matches its first line
            RUN --network=none <<-"EOF" sh ¦ No rule matches its first line
            RUN cat <<'EOF' > /etc/motd ¦ No rule matches its first line
            RUN echo $((1<<20)) ¦ No rule matches its commands
            RUN echo $(( 1 << 20 )) ¦ No rule matches its commands
            RUN echo $(( 1 <<20 )) ¦ No rule matches its commands
            RUN cat <<<"$X" ¦ No rule matches its commands
            RUN cat <<< "$X" ¦ No rule matches its commands
            RUN cat <<<X ¦ No rule matches its commands
            """)
    void shiftsAndStringsAreNoHeredocs(String line, String why) {
        assertThat(classified(line).why()).startsWith(why);
    }

    @Test
    void namesOfCommandsMayStandFarBehindVariables() {
        assertThat(classified("RUN " + "a= sudo -E 5 ".repeat(4_000) + "npm ci").why())
                .isEqualTo("npm ci installs language packages");
        assertThat(classified("RUN " + "a= ".repeat(20_000)).stepClass()).isEqualTo(StepClass.SETUP);
    }

    @Test
    void rulesOfAProjectComeFirst() {
        var own = StepRules.parse("""
                rules:
                  - class: COMPILE
                    reason: is our own compiler
                    run: 'frobnicate\\b'
                  - class: MODELS_AND_DATA
                    reason: holds our data
                    copy: ['assets/.*', 'fixtures/.*']
                """);
        var rules = StepRules.standard().after(own);

        assertThat(rules.classify(StepKind.RUN, "RUN ./bin/frobnicate --all"))
                .isEqualTo(new StepRules.Classified(StepClass.COMPILE, "frobnicate is our own compiler"));
        assertThat(rules.classify(StepKind.COPY, "COPY assets/a fixtures/b /data/")
                        .stepClass())
                .isEqualTo(StepClass.APPLICATION_CODE);
        assertThat(rules.classify(StepKind.COPY, "COPY assets/a assets/b /data/")
                        .stepClass())
                .isEqualTo(StepClass.MODELS_AND_DATA);
        assertThat(rules.classify(StepKind.RUN, "RUN make").stepClass()).isEqualTo(StepClass.COMPILE);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '¦', quoteCharacter = '§', textBlock = """
            [ ¦ The rules are not valid YAML
            rules: 3 ¦ The rules must be a list named 'rules'
            rules: [3] ¦ Rule 1 must have a class, a reason and patterns
            rules: [{class: FAST, reason: x, run: y}] ¦ 'FAST' is not a class; use one of [BASE_IMAGE, SYSTEM_PACKAGES,
            rules: [{class: COMPILE, run: y}] ¦ A rule of class COMPILE has no reason
            rules: [{class: COMPILE, reason: x}] ¦ A rule of class COMPILE has no pattern
            rules: [{class: COMPILE, reason: x, run: ''}] ¦ A pattern is empty
            rules: [{class: COMPILE, reason: x, when: y}] ¦ A rule can have class, reason, run, copy, copyFrom and text, but not 'when'
            rules: [{class: COMPILE, reason: x, run: '(?=y)'}] ¦ '(?=y)' is not a valid RE2 regular expression
            """)
    void refusesWhatIsNoRule(String yaml, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StepRules.parse(yaml))
                .withMessageStartingWith(message);
    }

    private static StepRules.Classified classified(String line) {
        var name = VertexName.of("[build  3/12] " + line);
        return StepRules.standard().classify(name.kind(), name.text());
    }
}
