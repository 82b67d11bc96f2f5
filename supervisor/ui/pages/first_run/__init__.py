"""开始使用: where do the data come from?"""
