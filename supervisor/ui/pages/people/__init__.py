"""用户与权限: logins of the office; administrators of every branch keep them."""
