package dev.cachewarden.configfile;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** REST endpoints of the configuration file. */
@RestController
@RequestMapping("/api/v1/config")
class ConfigController {

    private static final String YAML = "application/yaml";

    private final ConfigurationFile file;

    ConfigController(ConfigurationFile file) {
        this.file = file;
    }

    /** Returns the state of this replica's file, its errors, and the pending changes. */
    @GetMapping
    ConfigStatus getConfigStatus() {
        return file.status();
    }

    /** Returns the changes that the file in the body would make. Stores nothing. */
    @PostMapping(
            path = "/check",
            consumes = {YAML, "application/x-yaml", "text/yaml", "text/x-yaml", "text/plain"})
    @RequestBody(content = @Content(mediaType = YAML, schema = @Schema(type = "string")))
    Checked checkConfig(HttpServletRequest request) throws IOException {
        // One byte more than allowed is enough to detect a file that is too large.
        return new Checked(file.check(request.getInputStream().readNBytes(ConfigReader.mostBytes() + 1)));
    }

    /**
     * The result of a check.
     *
     * @param changes pending changes; empty if the stored configuration equals the file
     */
    record Checked(List<ConfigChange> changes) {}

    /**
     * Applies the current file completely or not at all.
     *
     * @param hash hash of the file whose changes the user reviewed; absent accepts any content
     */
    @PostMapping("/apply")
    ConfigStatus applyConfig(@RequestParam(required = false) @Nullable String hash, Principal principal) {
        file.apply(hash, principal.getName());
        return file.status();
    }

    /** Releases everything that a file manages. This is possible only while no file is configured. */
    @PostMapping("/release")
    Released releaseConfig() {
        return new Released(file.release());
    }

    /**
     * The result of a release.
     *
     * @param released number of released hosts, policies, pins, channels, and alert rules
     */
    record Released(int released) {}

    /** Returns all hosts, policies, and pins as a configuration file, including those that users created. */
    @GetMapping(path = "/export", produces = YAML)
    ResponseEntity<String> exportConfig() {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"cachewarden.yml\"")
                .body(file.export());
    }
}
