@echo off
rem 离线安装：需要 Python 3.11（64位）。用法：install.bat [目标文件夹]
rem Install without internet; needs Python 3.11 (64 bit). Usage: install.bat [FOLDER]
setlocal
chcp 65001 >nul
set "here=%~dp0"
set "target=%~1"
if "%target%"=="" set "target=%here%soe-compliance"
py -3.11 --version >nul 2>&1 || (
  echo 请先安装 Python 3.11 / install Python 3.11 first
  exit /b 1
)
py -3.11 -m venv "%target%" || exit /b 1
set "install="%target%\Scripts\python.exe" -m pip --isolated install --quiet --disable-pip-version-check --no-index"
%install% --require-hashes --find-links "%here%wheels-windows" --requirement "%here%requirements.lock" --requirement "%here%requirements-windows.lock" || exit /b 1
for %%w in ("%here%soe_compliance-*.whl") do %install% --no-deps "%%w" || exit /b 1
"%target%\Scripts\soe-compliance.exe" --version || exit /b 1
echo 已安装 / installed: %target%\Scripts\soe-compliance.exe
