# Runs a Docker build as it is, shows what it prints, and sends its log to Cachewarden, which tells what the cache had.
#
#   cachewarden-build.ps1 -t app .                is  docker build -t app .
#   cachewarden-build.ps1 compose build web       is  docker compose build web
#
# Reads CACHEWARDEN_URL, CACHEWARDEN_TOKEN (scope "ingest"), CACHEWARDEN_PROJECT, CACHEWARDEN_LABEL, CACHEWARDEN_HOST and
# CACHEWARDEN_WAIT (seconds, 10 by default). The build's own exit status is this script's; whatever goes wrong with the sending is told in
# one line, and never fails a build. Values of --build-arg are taken out of the log before it leaves this machine.

$url = if ($env:CACHEWARDEN_URL) { $env:CACHEWARDEN_URL } else { '@URL@' }
$wait = if ($env:CACHEWARDEN_WAIT) { [int]$env:CACHEWARDEN_WAIT } else { 10 }
function Say($text) { [Console]::Error.WriteLine("cachewarden: $text") }

$words = @($args)
if ($words.Count -eq 0 -or $words[0] -notin 'compose', 'buildx', 'build', 'builder', 'image') { $words = @('build') + $words }
if (-not $env:DOCKER_BUILDKIT) { $env:DOCKER_BUILDKIT = '1' }
$env:BUILDKIT_PROGRESS = 'plain'
$env:PROGRESS_NO_TRUNC = '1'

$startedAt = [DateTime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ss.fffZ')
$clock = [Diagnostics.Stopwatch]::StartNew()
$log = New-Object Text.StringBuilder
& docker @words 2>&1 | ForEach-Object { $line = "$_"; [Console]::Error.WriteLine($line); [void]$log.AppendLine($line) }
$status = $LASTEXITCODE
$clock.Stop()
if (-not $env:CACHEWARDEN_TOKEN) { Say 'CACHEWARDEN_TOKEN is not set; nothing was sent'; exit $status }

try {
    $arguments = @{}; $file = ''; $target = ''; $noCache = 'false'; $next = ''
    foreach ($word in $words) {
        if ($next -eq 'argument') { $pair = $word } elseif ($word -like '--build-arg=*') { $pair = $word.Substring(12) } else { $pair = $null }
        if ($next -eq 'file') { $file = $word }
        if ($next -eq 'target') { $target = $word }
        $next = switch ($word) { '--build-arg' { 'argument' } '-f' { 'file' } '--file' { 'file' } '--target' { 'target' } default { '' } }
        if ($word -in '--no-cache', '--no-cache=true') { $noCache = 'true' }
        if ($pair) {
            $name, $value = $pair -split '=', 2
            if ($null -eq $value) { $value = [Environment]::GetEnvironmentVariable($name) }
            if ($value -and $value.Length -ge 3) { $arguments[$name] = $value }
        }
    }
    $told = $log.ToString()
    foreach ($one in $arguments.GetEnumerator() | Sort-Object { -$_.Value.Length }) { $told = $told.Replace($one.Value, "‹$($one.Key)›") }
    $headers = @{ Authorization = "Bearer $env:CACHEWARDEN_TOKEN"; Accept = 'text/plain'; 'X-Cachewarden-No-Cache' = $noCache
        'X-Cachewarden-Started-At' = $startedAt; 'X-Cachewarden-Duration' = ('{0:F3}s' -f $clock.Elapsed.TotalSeconds).Replace(',', '.') }
    if ($env:CACHEWARDEN_PROJECT) { $headers['X-Cachewarden-Project'] = $env:CACHEWARDEN_PROJECT }
    if ($env:CACHEWARDEN_LABEL) { $headers['X-Cachewarden-Label'] = $env:CACHEWARDEN_LABEL }
    if ($env:CACHEWARDEN_HOST) { $headers['X-Cachewarden-Host'] = $env:CACHEWARDEN_HOST }
    if ($file) { $headers['X-Cachewarden-Dockerfile'] = $file }
    if ($target) { $headers['X-Cachewarden-Target'] = $target }
    $answer = Invoke-RestMethod -Method Post -Uri "$($url.TrimEnd('/'))/api/v1/builds" -Headers $headers -TimeoutSec ([Math]::Max(1, $wait)) `
        -ContentType 'application/octet-stream' -Body ([Text.Encoding]::UTF8.GetBytes($told))
    "$answer".Split("`n") | Select-Object -First 12 | ForEach-Object { Say $_.TrimEnd() }
} catch {
    Say "nothing was stored: $($_.Exception.Message)"
}
exit $status
