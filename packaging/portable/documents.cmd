@echo off
rem Starts the program from this stick; everything is kept in mingcha-data beside this file.
start "" "%~dp0program-windows\mingcha.exe" --portable "%~dp0mingcha-data" %*
