; Installer for one person, without administrator rights. Compile on Windows after build.py:
;   iscc /DVersion=0.1.0 packaging\installer.iss
; Silent: /VERYSILENT /SUPPRESSMSGBOXES /NORESTART; an open program is then closed, unless
; /NOCLOSEAPPLICATIONS says otherwise. A newer version goes over an older one in place.

#ifndef Version
  #error Say which version: /DVersion=0.1.0
#endif
#define Folder "FieldCollectionSupervisor"

[Setup]
AppId={{7B0D6C53-5E0B-4C0B-9A65-2C1C7E1F4B8D}
AppName={cm:Product}
AppVerName={cm:Product} {#Version}
AppVersion={#Version}
AppPublisher=Field Collection Supervisor team
VersionInfoVersion={#Version}
PrivilegesRequired=lowest
DefaultDirName={localappdata}\Programs\{#Folder}
DisableProgramGroupPage=yes
DisableDirPage=auto
UsePreviousAppDir=yes
UsePreviousLanguage=no
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
CloseApplications=yes
RestartApplications=no
SetupIconFile=..\build\package\supervisor.ico
UninstallDisplayIcon={app}\supervisor-desk.exe
UninstallDisplayName={cm:Product}
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
ShowLanguageDialog=auto
OutputDir=..\dist
OutputBaseFilename={#Folder}-{#Version}-setup

[Languages]
; Not every compiler brings Chinese: ours stands on the English messages.
Name: "zh"; MessagesFile: "compiler:Default.isl,chinese.isl"
Name: "en"; MessagesFile: "compiler:Default.isl"

[CustomMessages]
zh.Product=外访催收督导台
en.Product=Field Collection Supervisor
zh.OnDesktop=在桌面上放置图标
en.OnDesktop=Put an icon on the desktop
zh.StartNow=打开外访催收督导台
en.StartNow=Open Field Collection Supervisor
zh.RemoveData=是否同时删除本机上的数据（数据文件、设置、日志）？%n%n%1%n%n选“否”则保留，重新安装后可继续使用。
en.RemoveData=Remove the data on this computer as well (data file, settings, logs)?%n%n%1%n%nNo keeps them for the next installation.

[Tasks]
Name: "desktop"; Description: "{cm:OnDesktop}"; Flags: unchecked

[InstallDelete]
; Nothing of an older version stays among the libraries of the new one.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\dist\supervisor\*"; DestDir: "{app}"; Excludes: "supervisor-measured*"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{userprograms}\{cm:Product}"; Filename: "{app}\supervisor-desk.exe"; WorkingDir: "{app}"
Name: "{userdesktop}\{cm:Product}"; Filename: "{app}\supervisor-desk.exe"; WorkingDir: "{app}"; Tasks: desktop

[Run]
Filename: "{app}\supervisor-desk.exe"; Description: "{cm:StartNow}"; Flags: nowait postinstall skipifsilent

[UninstallDelete]
Type: filesandordirs; Name: "{app}\_internal"

[Code]
function DataFolder: String;
begin
  Result := ExpandConstant('{localappdata}\{#Folder}');
end;

{ Data are kept, unless a person is asked and says otherwise: a silent uninstallation asks nobody. }
procedure CurUninstallStepChanged(Step: TUninstallStep);
begin
  if (Step = usPostUninstall) and not UninstallSilent and DirExists(DataFolder) then
    if MsgBox(FmtMessage(CustomMessage('RemoveData'), [DataFolder]), mbConfirmation, MB_YESNO or MB_DEFBUTTON2) = IDYES then
      DelTree(DataFolder, True, True, True);
end;
