# Runs a Docker build, shows its output, and uploads its log to Cachewarden, which reports the cache hits.
#
#   cachewarden-build.ps1 -t app .                runs  docker build -t app .
#   cachewarden-build.ps1 compose build web       runs  docker compose build web
#
# Reads CACHEWARDEN_URL, CACHEWARDEN_TOKEN (scope "ingest"), CACHEWARDEN_PROJECT, CACHEWARDEN_LABEL, CACHEWARDEN_HOST, and
# CACHEWARDEN_WAIT (seconds, 10 by default; with 0, the script waits at most one second and prints nothing). The exit status is the exit
# status of the build. A failed upload prints one line and never fails a build. The script removes the values of --build-arg from the log
# before it uploads the log. It contains only ASCII, because Windows PowerShell reads scripts in the code page of the machine.

# Regardless of the preferences of the caller, the standard error of docker is no error of this script, and its exit status no exception.
$ErrorActionPreference = 'Continue'
$PSNativeCommandUseErrorActionPreference = $false
$ProgressPreference = 'SilentlyContinue'

$url = if ($env:CACHEWARDEN_URL) { $env:CACHEWARDEN_URL } else { '@URL@' }
$wait = if ($env:CACHEWARDEN_WAIT -match '^\d{1,5}$') { [int]$env:CACHEWARDEN_WAIT } else { 10 }
$invariant = [Globalization.CultureInfo]::InvariantCulture
function Say($text) { if ($wait -gt 0) { [Console]::Error.WriteLine("cachewarden: $text") } }

# PowerShell passes words that are separated by a comma as a list.
$words = @($args | ForEach-Object { if ($_ -is [array]) { $_ -join ',' } else { "$_" } })
if ($words.Count -eq 0 -or $words[0] -notin 'compose', 'buildx', 'build', 'builder', 'image') { $words = @('build') + $words }
$compose = $words[0] -eq 'compose'

if (-not (Get-Command docker -CommandType Application -ErrorAction SilentlyContinue)) { Say 'docker is not installed'; exit 127 }

$settings = @{ BUILDKIT_PROGRESS = 'plain'; PROGRESS_NO_TRUNC = '1' }
if (-not $env:DOCKER_BUILDKIT) { $settings['DOCKER_BUILDKIT'] = '1' }
if (-not $env:COMPOSE_DOCKER_CLI_BUILD) { $settings['COMPOSE_DOCKER_CLI_BUILD'] = '1' }
$before = @{}
foreach ($name in @($settings.Keys)) {
    $before[$name] = [Environment]::GetEnvironmentVariable($name)
    [Environment]::SetEnvironmentVariable($name, $settings[$name])
}
$encoding = [Console]::OutputEncoding
try { [Console]::OutputEncoding = New-Object Text.UTF8Encoding $false } catch { }

# Warns if the disk of the host is nearly full. Without an answer within two seconds, the build starts without a warning.
if ($url -and $env:CACHEWARDEN_TOKEN -and $env:CACHEWARDEN_HOST -and $wait -gt 0) {
    try {
        $ask = @{ Authorization = "Bearer $env:CACHEWARDEN_TOKEN"; Accept = 'text/plain' }
        $at = "$($url.TrimEnd('/'))/api/v1/hosts/$([Uri]::EscapeDataString($env:CACHEWARDEN_HOST))/headroom"
        $room = "$(Invoke-RestMethod -TimeoutSec 2 -Headers $ask -Uri $at)" -split "`n"
        if ($room[0] -ceq 'WARN') { [Console]::Error.WriteLine("cachewarden: warning: $($room[1])") }
    } catch { }
}

$startedAt = [DateTime]::UtcNow.ToString('o', $invariant)
$clock = [Diagnostics.Stopwatch]::StartNew()
$log = New-Object Text.StringBuilder
$status = 1
try {
    & docker @words 2>&1 | ForEach-Object {
        # The text of an empty line is the name of its type.
        $told = $_ -is [Management.Automation.ErrorRecord]
        $line = if ($told) { $_.Exception.Message } else { "$_" }
        if ($told -or $compose) { [Console]::Error.WriteLine($line); [void]$log.AppendLine($line) } else { [Console]::Out.WriteLine($line) }
    }
    $status = $LASTEXITCODE
} finally {
    $clock.Stop()
    foreach ($name in @($before.Keys)) { [Environment]::SetEnvironmentVariable($name, $before[$name]) }
    try { [Console]::OutputEncoding = $encoding } catch { }
}
if (-not $url) { Say 'CACHEWARDEN_URL is not set, and the server did not know its own address; the log was not uploaded'; exit $status }
if (-not $env:CACHEWARDEN_TOKEN) { Say 'CACHEWARDEN_TOKEN is not set; the log was not uploaded'; exit $status }

function GitSays { try { (& git @args 2>$null | Select-Object -First 1) } catch { } }
function FirstOf { foreach ($one in $args) { if ($one) { return "$one" } } }

try {
    # A list, because arguments can occur twice, and their names can differ only in case.
    $arguments = @(); $file = ''; $target = ''; $noCache = 'false'; $next = ''
    foreach ($word in $words) {
        $pair = $null
        if ($next -eq 'argument') { $pair = $word }
        if ($next -eq 'file') { $file = $word }
        if ($next -eq 'target') { $target = $word }
        $next = ''
        switch -CaseSensitive ($word) {
            '--build-arg' { $next = 'argument' }
            '-f' { $next = 'file' }
            '--file' { $next = 'file' }
            '--target' { $next = 'target' }
            '--no-cache' { $noCache = 'true' }
            '--no-cache=true' { $noCache = 'true' }
        }
        if ($word.StartsWith('--build-arg=')) { $pair = $word.Substring(12) }
        if ($word.StartsWith('--file=')) { $file = $word.Substring(7) }
        if ($word.StartsWith('--target=')) { $target = $word.Substring(9) }
        if ($pair) {
            $name, $value = $pair -split '=', 2
            if ($null -eq $value) { $value = [Environment]::GetEnvironmentVariable($name) }
            foreach ($line in "$value" -split '\r?\n') {
                if ($line.Length -ge 3) { $arguments += @{ Name = $name; Value = $line } }
            }
        }
    }
    $told = $log.ToString()
    foreach ($one in @($arguments | Sort-Object { -$_.Value.Length })) {
        $told = $told.Replace($one.Value, [char]0x2039 + $one.Name + [char]0x203A)
    }

    $repository = "$(GitSays config --get remote.origin.url)" -replace '^[a-z+]*://', '' -replace '^[^@/]*@', '' -replace '\.git$', ''
    $fields = [ordered]@{
        project = FirstOf $env:CACHEWARDEN_PROJECT ([regex]':').Replace($repository, '/', 1)
        branch = FirstOf $env:GITHUB_REF_NAME $env:CI_COMMIT_REF_NAME (GitSays symbolic-ref --short HEAD)
        revision = GitSays rev-parse HEAD
        label = $env:CACHEWARDEN_LABEL
        host = $env:CACHEWARDEN_HOST
        dockerfile = $file
        target = $target
        noCache = $noCache
        startedAt = $startedAt
        duration = $clock.Elapsed.TotalSeconds.ToString('F3', $invariant) + 's'
    }
    # In the query, because a header is limited to ASCII.
    $query = @($fields.Keys | Where-Object { $fields[$_] } | ForEach-Object {
            $text = "$($fields[$_])" -replace '[\x00-\x1f\x7f]', ''
            $text = $text.Substring(0, [Math]::Min(200, $text.Length))
            # Half of a surrogate pair cannot be sent.
            if ($text.Length -gt 0 -and [char]::IsHighSurrogate($text[$text.Length - 1])) { $text = $text.Substring(0, $text.Length - 1) }
            $_ + '=' + [Uri]::EscapeDataString($text)
        }) -join '&'
    [Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
    $answer = Invoke-RestMethod -Method Post -Uri "$($url.TrimEnd('/'))/api/v1/builds?$query" -TimeoutSec ([Math]::Max(1, $wait)) `
        -Headers @{ Authorization = "Bearer $env:CACHEWARDEN_TOKEN"; Accept = 'text/plain' } `
        -ContentType 'application/octet-stream' -Body ([Text.Encoding]::UTF8.GetBytes($told))
    "$answer".Split("`n") | Select-Object -First 12 | ForEach-Object { Say $_.TrimEnd() }
} catch {
    # One line: the detail of a problem document (RFC 9457), or the error of the request.
    $why = $_.Exception.Message
    if ($_.ErrorDetails -and $_.ErrorDetails.Message) {
        try { $detail = ($_.ErrorDetails.Message | ConvertFrom-Json).detail } catch { $detail = $null }
        if ($detail) { $why = $detail }
    }
    Say "the upload failed: $(("$why" -replace '[\x00-\x1f]+', ' ').Trim())"
}
exit $status
