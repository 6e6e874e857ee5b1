using BenchmarkDotNet.Running;
using Groeilijn.Benchmarks;

if (args is ["school-board", .. var rest]) return SchoolBoard.Run(rest);
if (args is ["office-load", .. var load]) return OfficeLoad.Run(load);
if (args is ["growth-honesty", .. var size]) return GrowthHonesty.Run(size);
if (args is ["growth-words", .. var trial]) return GrowthWords.Run(trial);
if (args is ["report-load", .. var load6500]) return ReportLoad.Run(load6500);
if (args is ["gate-load", .. var schools]) return GateLoad.Run(schools);
if (args is ["report-shares", .. var office]) return ReportShares.Run(office);
if (GrowthRun.Try(args) || LinkageRun.Try(args) || OfficeLinking.Try(args)) return 0;
BenchmarkSwitcher.FromAssembly(typeof(EnvelopeBench).Assembly).Run(args);
return 0;
