"""数据导入: choose a file, map its columns, check, import, take back."""
