package dev.cachewarden.configfile.web;

import dev.cachewarden.configfile.ConfigChange;
import dev.cachewarden.configfile.ConfigStatus;
import dev.cachewarden.configfile.ConfigurationFile;
import dev.cachewarden.configfile.read.ConfigReader;
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

/** The configuration file over REST. */
@RestController
@RequestMapping("/api/v1/config")
class ConfigController {

    private static final String YAML = "application/yaml";

    private final ConfigurationFile file;

    ConfigController(ConfigurationFile file) {
        this.file = file;
    }

    /** The file of this replica, what is wrong with it, and what applying it would change. */
    @GetMapping
    ConfigStatus status() {
        return file.status();
    }

    /** What a file would change that is sent along; stores nothing. */
    @PostMapping(
            path = "/check",
            consumes = {YAML, "application/x-yaml", "text/yaml", "text/x-yaml", "text/plain"})
    @RequestBody(content = @Content(mediaType = YAML, schema = @Schema(type = "string")))
    Checked check(HttpServletRequest request) throws IOException {
        // No more than it takes to know that it is too large.
        return new Checked(file.check(request.getInputStream().readNBytes(ConfigReader.mostBytes() + 1)));
    }

    /** @param changes empty: what is stored says the same */
    record Checked(List<ConfigChange> changes) {}

    /**
     * Applies the file as it is now, all of it or nothing.
     *
     * @param hash the one whose changes were seen; absent: whatever it is
     */
    @PostMapping("/apply")
    ConfigStatus apply(@RequestParam(required = false) @Nullable String hash, Principal principal) {
        file.apply(hash, principal.getName());
        return file.status();
    }

    /** Gives all that belongs to a file back to people; only while no file is named. */
    @PostMapping("/release")
    Released release() {
        return new Released(file.release());
    }

    /** @param released how many hosts, policies, and pins */
    record Released(int released) {}

    /** All hosts, policies, and pins as one such file, whoever made them. */
    @GetMapping(path = "/export", produces = YAML)
    ResponseEntity<String> export() {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"cachewarden.yml\"")
                .body(file.export());
    }
}
