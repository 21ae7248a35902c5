package dev.cachewarden;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The shape of the code as rules, each with its reason. Each was seen to fail on a violation planted for it. */
@AnalyzeClasses(
        packages = "dev.cachewarden",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTests.WithoutGeneratedCode.class})
class ArchitectureTests {

    static class WithoutGeneratedCode implements ImportOption {
        @Override
        public boolean includes(com.tngtech.archunit.core.importer.Location location) {
            return !location.contains("/engine/buildkit/wire/");
        }
    }

    private static final Set<String> READERS_OF_RAWJSON = Set.of("RawJsonReader", "VertexFields", "Fields");

    /** Records that mirror a row of the database, or a format: settings, forms, policies, and values of engines. */
    private static final Set<String> WIDE_RECORDS = Set.of(
            "ApiToken",
            "CacheRecord",
            "Content",
            "EngineLimits",
            "HostCapabilities",
            "HostForm",
            "NewBuild",
            "Notification",
            "PlannedRecordView",
            "PolicyDocument",
            "Snapshot",
            "WatchedHost");

    @ArchTest
    static final ArchRule oneDoorToDeletion = noClasses()
            .that()
            .resideOutsideOfPackages("dev.cachewarden.run.execution..", "dev.cachewarden.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.cachewarden.engine.pruning..")
            .because("only a run of a stored plan deletes; by type, since method references escape rules about calls");

    @ArchTest
    static final ArchRule wordsOfTheFieldStandAlone = classes()
            .that()
            .resideInAPackage("dev.cachewarden.buildcache..")
            .should()
            .onlyDependOnClassesThat(inPackages(
                    "dev.cachewarden.buildcache",
                    "java.lang",
                    "java.time",
                    "java.util",
                    "java.math",
                    "org.jspecify",
                    "org.springframework.modulith"))
            .because("the words of the field must not know of frameworks, stores or engines");

    @ArchTest
    static final ArchRule textStandsAlone = classes()
            .that()
            .resideInAPackage("dev.cachewarden.text..")
            .should()
            .onlyDependOnClassesThat(inPackages(
                    "dev.cachewarden.text", "java.lang", "java.util", "org.jspecify", "org.springframework.modulith"))
            .because("the redaction of secrets is a pure function of a text");

    @ArchTest
    static final ArchRule plannerIsIndependent = classes()
            .that()
            .resideInAPackage("dev.cachewarden.planner..")
            .should()
            .onlyDependOnClassesThat(inPackages(
                    "dev.cachewarden.planner",
                    "dev.cachewarden.buildcache",
                    "com.google.re2j",
                    "java.lang",
                    "java.time",
                    "java.util",
                    "org.jspecify",
                    "org.springframework.modulith"))
            .allowEmptyShould(true)
            .because("a plan is a pure function of records, rules and time");

    @ArchTest
    static final ArchRule forecastIsPure = classes()
            .that()
            .resideInAPackage("dev.cachewarden.forecast")
            .should()
            .onlyDependOnClassesThat(inPackages(
                    "dev.cachewarden.forecast",
                    "dev.cachewarden.buildcache",
                    "dev.cachewarden.host",
                    "java.lang",
                    "java.time",
                    "java.util",
                    "org.jspecify",
                    "org.springframework.modulith"))
            .because("a forecast is a pure function of a history, a time, and a seed");

    @ArchTest
    static final ArchRule readersOfBuildLogsStandAlone = classes()
            .that()
            .resideInAPackage("dev.cachewarden.progress..")
            .and(are(not(readersOfRawjson())))
            .should()
            .onlyDependOnClassesThat(
                    inPackages("dev.cachewarden.progress", "java", "org.jspecify", "org.springframework.modulith"))
            .because("what strangers send is read by code that knows nothing else");

    @ArchTest
    static final ArchRule readerOfRawjsonKnowsNothingButJackson = classes()
            .that(are(readersOfRawjson()))
            .should()
            .onlyDependOnClassesThat(
                    inPackages("dev.cachewarden.progress", "java", "org.jspecify", "tools.jackson.core"))
            .because("what strangers send is read token by token, never bound to objects");

    @ArchTest
    static final ArchRule noClassReadsTheSystemClock = noClasses()
            .should()
            .accessTargetWhere(target(readsTheClock()))
            .because("time is given in as an Instant, a Clock or an InstantSource, so that tests can set it");

    @ArchTest
    static final ArchRule noTransactionWaitsForAnEngine = noClasses()
            .that(dependOnEngine())
            .should()
            .beMetaAnnotatedWith("org.springframework.transaction.annotation.Transactional")
            .orShould(haveATransactionalMethod())
            .because("a slow host would hold a database connection; store in a class of its own");

    @ArchTest
    static final ArchRule onlyTheTransportKnowsDockerJava = noClasses()
            .that()
            .resideOutsideOfPackage("dev.cachewarden.engine.docker..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.github.dockerjava..")
            .because("docker-java is a transport, hidden in one package");

    @ArchTest
    static final ArchRule onlyTheBuildKitClientKnowsGrpc = noClasses()
            .that()
            .resideOutsideOfPackage("dev.cachewarden.engine.buildkit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.grpc..", "io.netty..", "dev.cachewarden.engine.buildkit.wire..")
            .because("gRPC is a transport, hidden in one package");

    @ArchTest
    static final ArchRule webStaysInControllers = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Controller")
            .and()
            .haveSimpleNameNotEndingWith("Advice")
            .and()
            .resideOutsideOfPackages(
                    "dev.cachewarden.access..", "dev.cachewarden.dashboard..", "dev.cachewarden.rest..", "..web..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.web..", "org.springframework.http..")
            .because("what decides and what stores must not know that HTTP exists");

    @ArchTest
    static final ArchRule noFieldInjection = fields().should()
            .notBeAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
            .because("constructors show what a class needs");

    @ArchTest
    static final ArchRule noLocaleSurprises = noClasses()
            .should()
            .callMethod(String.class, "toLowerCase")
            .orShould()
            .callMethod(String.class, "toUpperCase")
            .because("a Turkish machine lowers I to something else; give Locale.ROOT");

    @ArchTest
    static final ArchRule noPrinting = noClasses()
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .because("logging goes through SLF4J");

    @ArchTest
    static final ArchRule noCycles = slices().matching("dev.cachewarden.(**)")
            .should()
            .beFreeOfCycles()
            .because("packages that know each other are one package");

    @ArchTest
    static final ArchRule packagesAreNamedByWhatTheyAreFor = noClasses()
            .should()
            .resideInAnyPackage(
                    "..config..",
                    "..controller..",
                    "..service..",
                    "..repository..",
                    "..dto..",
                    "..model..",
                    "..util..",
                    "..common..")
            .because("packages are capabilities; layers and drawers for whatever is left tell nothing");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked =
            classes().should(resideInANullMarkedPackage()).because("nullness is checked only where it is declared");

    @ArchTest
    static final ArchRule publicMeansUsedElsewhere = classes()
            .that()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .and(are(notReachedByReflection()))
            .should(beUsedFromAnotherPackage())
            .because("a package's public types are its interface; the rest is its own business");

    @ArchTest
    static final ArchRule recordsAreNarrow = noClasses()
            .that()
            .areRecords()
            .should(beWide())
            .because("nobody can read a call with more than 10 arguments; nest the components that belong together");

    /** Spring names a bean by its class, without the package. */
    @ArchTest
    static void componentsHaveDifferentNames(JavaClasses classes) {
        var names = classes.stream()
                .filter(type -> type.isMetaAnnotatedWith("org.springframework.stereotype.Component"))
                .collect(Collectors.groupingBy(JavaClass::getSimpleName, Collectors.counting()));

        assertThat(names)
                .isNotEmpty()
                .allSatisfy((name, count) -> assertThat(count).as(name).isOne());
    }

    private static DescribedPredicate<JavaClass> inPackages(String... prefixes) {
        return describe("in " + String.join(", ", prefixes), type -> {
            var component = type.getBaseComponentType();
            if (component.isPrimitive()) {
                return true;
            }
            for (String prefix : prefixes) {
                if (component.getPackageName().equals(prefix)
                        || component.getPackageName().startsWith(prefix + ".")) {
                    return true;
                }
            }
            return false;
        });
    }

    /** The only readers of build logs that see the parser of JSON. */
    private static DescribedPredicate<JavaClass> readersOfRawjson() {
        return describe(
                "readers of rawjson",
                type -> type.getPackageName().equals("dev.cachewarden.progress.format")
                        && READERS_OF_RAWJSON.contains(topLevel(type).getSimpleName()));
    }

    private static JavaClass topLevel(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTests::topLevel).orElse(type);
    }

    private static DescribedPredicate<AccessTarget> readsTheClock() {
        return describe("read the clock", target -> {
            boolean now = target.getName().equals("now")
                    && target.getOwner().getPackageName().startsWith("java.time")
                    && target instanceof AccessTarget.CodeUnitAccessTarget call
                    && call.getRawParameterTypes().isEmpty();
            return now || target.getFullName().equals("java.lang.System.currentTimeMillis()");
        });
    }

    private static DescribedPredicate<JavaClass> dependOnEngine() {
        return describe(
                "depend on engine",
                type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency ->
                                dependency.getTargetClass().getPackageName().startsWith("dev.cachewarden.engine")));
    }

    private static ArchCondition<JavaClass> haveATransactionalMethod() {
        return new ArchCondition<>("have a transactional method") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (var method : type.getMethods()) {
                    if (method.isMetaAnnotatedWith("org.springframework.transaction.annotation.Transactional")) {
                        events.add(
                                SimpleConditionEvent.satisfied(method, method.getDescription() + " is transactional"));
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a package with @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(type, marked, type.getPackageName() + " is not @NullMarked"));
            }
        };
    }

    /** Returns the records with more than 10 components that mirror neither a format nor a row of the database. */
    static DescribedPredicate<JavaClass> hasTooManyComponents() {
        return describe(
                "have more than 10 components",
                type -> type.isRecord()
                        && type.getFields().stream()
                                        .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                                        .count()
                                > 10
                        && !type.getSimpleName().endsWith("Response")
                        && !type.isAnnotatedWith(ConfigurationProperties.class)
                        && !WIDE_RECORDS.contains(type.getSimpleName()));
    }

    private static ArchCondition<JavaClass> beWide() {
        var wide = hasTooManyComponents();
        return new ArchCondition<>(wide.getDescription()) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                events.add(new SimpleConditionEvent(
                        type, wide.test(type), type.getFullName() + " has more than 10 components"));
            }
        };
    }

    private static DescribedPredicate<JavaClass> notReachedByReflection() {
        return describe(
                "neither the application nor made by Tomcat nor read by templates",
                type -> !type.isAnnotatedWith("org.springframework.boot.autoconfigure.SpringBootApplication")
                        && !type.isAssignableTo("org.apache.coyote.ProtocolHandler")
                        && !type.isAssignableTo("org.apache.catalina.Valve")
                        // Templates reach what a page shows by reflection, which needs it public.
                        && !type.getPackageName().startsWith("dev.cachewarden.dashboard"));
    }

    private static ArchCondition<JavaClass> beUsedFromAnotherPackage() {
        return new ArchCondition<>("be used from another package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean used = type.getPackage().getClasses().stream()
                        .filter(part -> part.equals(type) || part.getName().startsWith(type.getName() + "$"))
                        .flatMap(part -> part.getDirectDependenciesToSelf().stream())
                        .map(Dependency::getOriginClass)
                        .anyMatch(user -> !user.getPackage().equals(type.getPackage()) || offers(user, type));
                events.add(new SimpleConditionEvent(
                        type, used, type.getFullName() + " is public, but no other package uses it"));
            }
        };
    }

    /** What a public type hands out or takes is as public as the type itself. */
    private static boolean offers(JavaClass user, JavaClass type) {
        return user.getModifiers().contains(JavaModifier.PUBLIC)
                && user.getMethods().stream()
                        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                        .anyMatch(method -> method.getAllInvolvedRawTypes().stream()
                                .anyMatch(involved -> involved.equals(type)
                                        || involved.getEnclosingClass()
                                                .filter(type::equals)
                                                .isPresent()));
    }
}
