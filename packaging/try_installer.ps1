# Installs silently, believes the installed program's self-test, installs over it, removes it.
# Every step fails the run by its exit code: -PassThru and .ExitCode, for a program without a
# console is not waited for otherwise.
$ErrorActionPreference = "Stop"

$root = Split-Path $PSScriptRoot
$setup = (Get-ChildItem "$root/dist/*-setup.exe" | Select-Object -First 1).FullName
$folder = "$env:LOCALAPPDATA/Programs/FieldCollectionSupervisor"
$data = "$env:LOCALAPPDATA/FieldCollectionSupervisor"

function Invoke-Step([string]$name, [string]$program, [string[]]$arguments) {
    $process = Start-Process -FilePath $program -ArgumentList $arguments -Wait -PassThru -NoNewWindow
    Write-Host "$name`: exit code $($process.ExitCode)"
    if ($process.ExitCode -ne 0) { exit $process.ExitCode }
}

$silent = @("/VERYSILENT", "/SUPPRESSMSGBOXES", "/NORESTART", "/LOG=`"$root/dist/setup.log`"")
Invoke-Step "install" $setup $silent

$env:PATH = "$env:SystemRoot;$env:SystemRoot/System32"
$env:QT_QPA_PLATFORM = "offscreen"
Invoke-Step "self-test (zh_CN)" "$folder/supervisor.exe" @("--lang", "zh_CN", "self-test")
Invoke-Step "self-test (en)" "$folder/supervisor.exe" @("--lang", "en", "self-test")
Remove-Item Env:QT_QPA_PLATFORM

# The program without a console stays open; it is ended by its own id.
$desk = Start-Process -FilePath "$folder/supervisor-desk.exe" -PassThru
Start-Sleep -Seconds 20
if ($desk.HasExited) { Write-Host "the window closed: $($desk.ExitCode)"; exit 1 }
$desk.Kill()
$desk.WaitForExit()

# An upgrade in place keeps what is in the data folder; so does a silent removal.
New-Item -ItemType Directory -Force $data | Out-Null
Set-Content "$data/kept.txt" "kept"
Invoke-Step "install again" $setup $silent
Invoke-Step "self-test after the upgrade" "$folder/supervisor.exe" @("--lang", "en", "version")
Invoke-Step "remove" "$folder/unins000.exe" @("/VERYSILENT", "/SUPPRESSMSGBOXES", "/NORESTART")
if (-not (Test-Path "$data/kept.txt")) { Write-Host "the data folder was emptied"; exit 1 }
Write-Host "installed, tested, upgraded, removed; data kept"
