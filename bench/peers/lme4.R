# Fits one model with lme4 and prints CPU seconds, peak memory and the answers.  Rscript lme4.R DATA.csv "FORMULA"
arguments <- commandArgs(trailingOnly = TRUE)
suppressMessages(library(lme4))
data <- read.csv(arguments[1])
began <- proc.time()
model <- lmer(as.formula(arguments[2]), data, control = lmerControl(calc.derivs = FALSE))
spent <- proc.time() - began
peak <- as.numeric(sub("[^0-9]*([0-9]+).*", "\\1", grep("VmHWM", readLines("/proc/self/status"), value = TRUE))) / 1024
cat(sprintf("lme4        %9.2f CPU s  %6.0f MB  REML %.6f  sigma %.6f  sd %s  beta %s  se %s  (%d evaluations)\n", sum(spent[1:2]), peak, REMLcrit(model), sigma(model),
  paste(format(head(as.data.frame(VarCorr(model))$sdcor[is.na(as.data.frame(VarCorr(model))$var2)], -1), digits = 7), collapse = " "),
  paste(format(fixef(model), digits = 8), collapse = " "), paste(format(sqrt(diag(as.matrix(vcov(model)))), digits = 6), collapse = " "), model@optinfo$feval))
